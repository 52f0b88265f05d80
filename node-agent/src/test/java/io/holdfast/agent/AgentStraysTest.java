package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.web;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.log.LogLimits;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.security.SupervisorChannels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is started on another data directory than the one before. */
final class AgentStraysTest {

  private static final InstanceId FIRST = web(0, 1);

  /** Others may test on this host at the same time. */
  private final NodeId node = new NodeId("strays-" + UUID.randomUUID());

  @TempDir Path directory;
  private Path data;
  private Path other;
  private FakeSupervisor supervisor;

  @BeforeEach
  void start() throws Exception {
    data = Files.createDirectory(directory.resolve("first"));
    other = directory.resolve("second");
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    AgentFixture.end(agent(data, node, false));
    supervisor.close();
  }

  @Test
  void itDoesNotStartWhileAProcessOfItsNodeRunsFromThere() throws Exception {
    long pid = leftBehind(false);

    assertThatThrownBy(() -> agent(other, node, false))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(node.value())
        .hasMessageContaining("instances/web.0.1")
        .hasMessageContaining(data.toRealPath().toString())
        .hasMessageContaining("nothing was changed")
        .satisfies(refusal -> assertThat(named(refusal)).isIn(pid, shim(pid)));
    assertThat(other).doesNotExist();
    assertThat(ProcessHandle.of(pid)).isPresent();
  }

  @Test
  void itStartsOnceNothingRunsFromThere() throws Exception {
    leftBehind(false);
    AgentFixture.end(agent(data, node, false));

    assertStarts(other, node, false);
  }

  @Test
  void itStartsOnItsOwnDirectoryByWhateverPath() throws Exception {
    leftBehind(false);
    Path link = Files.createSymbolicLink(directory.resolve("link"), data);
    Path relative = Path.of("").toAbsolutePath().relativize(data.toRealPath());

    assertStarts(link, node, false);
    assertStarts(relative, node, false);
    assertStarts(data.resolve("..").resolve("first"), node, false);
  }

  @Test
  void anotherNodeIsNoneOfItsBusiness() throws Exception {
    leftBehind(false);

    assertStarts(other, new NodeId(node.value().substring(0, node.value().length() - 1)), false);
    assertStarts(other, new NodeId(node.value() + "1"), false);
  }

  @Test
  void whatRunsInOneProcessWithItsSupervisorMayBearTheSameName() throws Exception {
    leftBehind(true);

    assertStarts(other, node, false);
    assertStarts(directory.resolve("third"), node, true);
  }

  @Test
  void whatRunsInOneProcessWithItsSupervisorIsNotKeptFromStarting() throws Exception {
    leftBehind(false);

    assertStarts(other, node, true);
  }

  private static long named(Throwable refusal) {
    String message = String.valueOf(refusal.getMessage());
    return Long.parseLong(message.replaceAll(".* process (\\d+),.*", "$1"));
  }

  /** It bears the mark as well. */
  private static long shim(long pid) {
    return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElseThrow().pid();
  }

  private long leftBehind(boolean housed) throws Exception {
    try (Agent agent = agent(data, node, housed)) {
      agent.ready().toCompletableFuture().get(20, SECONDS);
      supervisor.launch(FIRST, web("sleep", "600"));
      return supervisor.alive(FIRST, Phase.READY).pid();
    }
  }

  private void assertStarts(Path where, NodeId name, boolean housed) throws CannotStart {
    try (Agent agent = agent(where, name, housed)) {
      assertThat(agent.ready()).isNotNull();
    }
  }

  private Agent agent(Path where, NodeId name, boolean housed) throws CannotStart {
    return Agent.start(
        new AgentSettings(
            SupervisorChannels.open(),
            List.of(supervisor.address()),
            name,
            Optional.empty(),
            "",
            Map.of(),
            where,
            PortRange.DEFAULT,
            LogLimits.DEFAULT,
            false,
            housed));
  }
}
