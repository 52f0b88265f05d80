package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.web;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.log.LogLimits;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.LogRequest;
import io.holdfast.protocol.security.SupervisorChannels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentLogTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final LogLimits LIMITS = new LogLimits(64 * 1024, 1_000);

  @TempDir Path data;
  private FakeSupervisor supervisor;

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    // Whatever a test has left running is adopted once more and ended.
    end(agent());
    supervisor.close();
  }

  @Test
  void aLongLogIsRotatedAndReadAsOne() throws Exception {
    try (Agent _ = agent()) {
      supervisor.launch(FIRST, shell("seq 1 100000; exec sleep 600"));
      supervisor.alive(FIRST, Phase.READY);

      Eventually.holds("its log is rotated", () -> pieces() >= 8);

      supervisor.requestLog(request(1).build());
      assertThat(supervisor.log(_ -> false).equals(lines(1, 100_000))).isTrue();
      supervisor.requestLog(request(2).setTail(30_000).build());
      assertThat(supervisor.log(_ -> false).equals(lines(70_001, 100_000))).isTrue();
    }
  }

  @Test
  void anIncidentHasItsLastLinesWhereverTheyAreByThen() throws Exception {
    try (Agent _ = agent()) {
      supervisor.launch(FIRST, shell("seq 1 100000; until false; do sleep 0.01; done"));
      long pid = supervisor.alive(FIRST, Phase.READY).pid();
      Eventually.holds("its log is rotated", () -> pieces() >= 8);

      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      assertThat(supervisor.dead(FIRST).log()).isEqualTo(lines(99_981, 100_000).lines().toList());
    }
  }

  @Test
  void whatWasPrintedWithoutAnAgentIsRotatedByTheNext(@TempDir Path signs) throws Exception {
    Path go = signs.resolve("go");
    try (Agent _ = agent()) {
      supervisor.launch(
          FIRST,
          shell("until [ -e " + go + " ]; do sleep 0.01; done; seq 1 100000; exec sleep 600"));
      supervisor.alive(FIRST, Phase.READY);
    }
    Files.createFile(go);
    long all = lines(1, 100_000).length();
    Eventually.holds("all is printed", () -> Files.size(instance().resolve("output")) == all);

    try (Agent _ = agent()) {
      Eventually.holds("its log is rotated", () -> pieces() >= 8);

      supervisor.requestLog(request(1).build());
      assertThat(supervisor.log(_ -> false).equals(lines(1, 100_000))).isTrue();
    }
  }

  private Agent agent() throws Exception {
    Agent agent =
        Agent.start(
            new AgentSettings(
                SupervisorChannels.open(),
                List.of(supervisor.address()),
                AgentFixture.NODE,
                Optional.empty(),
                "",
                Map.of(),
                data,
                PortRange.DEFAULT,
                LIMITS,
                false,
                true));
    agent.ready().toCompletableFuture().get(20, SECONDS);
    return agent;
  }

  private long pieces() throws IOException {
    try (Stream<Path> files = Files.list(instance())) {
      return files.filter(file -> file.getFileName().toString().startsWith("output.")).count();
    }
  }

  private Path instance() {
    return data.resolve("instances").resolve("web.0.1");
  }

  private static LogRequest.Builder request(long number) {
    return LogRequest.newBuilder().setRequest(number).setService("web").setSlot(0);
  }

  private static String lines(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
