package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.log.LogLimits;
import io.holdfast.core.CannotStart;
import io.holdfast.core.NodeId;
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

/** By what supervisors tell agents of one node id from each other. */
final class AgentIdentityTest {

  @TempDir Path directory;
  private FakeSupervisor supervisor;

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void end() {
    supervisor.close();
  }

  @Test
  void itIsThatOfTheDataDirectory() throws Exception {
    String first = identity("one", false);

    assertThat(first).hasSize(36);
    assertThat(identity("one", false)).isEqualTo(first);
    assertThat(identity("two", false)).hasSize(36).isNotEqualTo(first);
  }

  @Test
  void itMovesWithTheDataDirectory() throws Exception {
    String first = identity("one", false);
    Files.move(directory.resolve("one"), directory.resolve("elsewhere"));

    assertThat(identity("elsewhere", false)).isEqualTo(first);
  }

  @Test
  void anAgentInOneProcessWithItsSupervisorNeedsNone() throws Exception {
    assertThat(identity("one", true)).isEmpty();
  }

  @Test
  void oneThatCannotBeReadIsLeftOut() throws Exception {
    Path data = Files.createDirectory(directory.resolve("one"));
    Files.writeString(data.resolve("identity"), "");

    assertThat(identity("one", false)).isEmpty();
  }

  private String identity(String data, boolean housed) throws Exception {
    try (Agent agent = agent(directory.resolve(data), housed)) {
      assertThat(agent.ready()).isNotNull();
      return supervisor.hello().getIdentity();
    }
  }

  private Agent agent(Path data, boolean housed) throws CannotStart {
    return Agent.start(
        new AgentSettings(
            SupervisorChannels.open(),
            List.of(supervisor.address()),
            new NodeId("identity-" + UUID.randomUUID()),
            Optional.empty(),
            "",
            Map.of(),
            data,
            PortRange.DEFAULT,
            LogLimits.DEFAULT,
            false,
            housed));
  }
}
