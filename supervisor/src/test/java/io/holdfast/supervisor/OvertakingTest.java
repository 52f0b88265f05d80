package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** News of an agent that comes before its supervisor has read the list it brought. */
final class OvertakingTest {

  @TempDir Path data;

  @Test
  void anEndThatIsToldBeforeTheWelcomeIsNewerThanTheListOfTheHello() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Supervisor supervisor = Supervisor.start(new SupervisorSettings(free, free, free, data));
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      InstanceId first = launched(supervisor, admin);
      try (FakeAgent agent =
          FakeAgent.introduced(
              supervisor.grpcAddress(),
              "node-a",
              FakeAgent.alive(first, Phase.READY, 100, 20_001))) {
        agent.report(FakeAgent.killed(first));

        InstanceId second = agent.awaitLaunch();
        agent.report(FakeAgent.alive(second, Phase.READY, 101, 20_002));
        admin.await(
            "/v1/services/web",
            service ->
                service.path("instances").path(0).path("id").asText().equals(second.toString())
                    && service.path("state").asText().equals("ready"));

        // Taken for the newer word, the list would bring the dead one back, to be stopped.
        assertThat(agent.hasHeard(SupervisorMessage::hasStop)).isFalse();
      }
    }
  }

  private static InstanceId launched(Supervisor supervisor, AdminClient admin) throws Exception {
    try (FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply("{name: web, command: [web]}");
      InstanceId first = agent.awaitLaunch();
      agent.report(FakeAgent.alive(first, Phase.READY, 100, 20_001));
      admin.await("/v1/services/web", service -> service.path("state").asText().equals("ready"));
      return first;
    }
  }
}
