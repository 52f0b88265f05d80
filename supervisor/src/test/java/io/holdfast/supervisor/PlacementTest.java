package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where instances go, over a whole supervisor node with agents that have no hosts. */
final class PlacementTest {

  @TempDir Path data;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void instancesThatAreWantedTogetherSpreadEvenly() throws Exception {
    Supervisor supervisor = supervisor();
    List<FakeAgent> agents = new ArrayList<>();
    for (String node : List.of("a", "b", "c", "d")) {
      agents.add(agent(supervisor, node));
    }

    admin(supervisor).apply("{name: web, instances: 40, command: [web]}");

    for (FakeAgent agent : agents) {
      for (int i = 0; i < 10; i++) {
        agent.awaitLaunch();
      }
    }
    for (FakeAgent agent : agents) {
      assertThat(agent.hasHeard(SupervisorMessage::hasLaunch)).isFalse();
    }
  }

  @Test
  void moreInstancesThanAreSoughtAtATimeComeUpAll() throws Exception {
    Supervisor supervisor = supervisor();
    FakeAgent agent = agent(supervisor, "a");

    admin(supervisor).apply("{name: web, instances: 600, command: [web]}");

    Set<Integer> slots = new TreeSet<>();
    for (int i = 0; i < 600; i++) {
      slots.add(agent.awaitLaunch().slot());
    }
    assertThat(slots).hasSize(600);
  }

  @Test
  void aSlotThatOneNodeRefusesGoesToTheNextAndWaitsWhereAllRefuse() throws Exception {
    Supervisor supervisor = supervisor();
    FakeAgent first = agent(supervisor, "a");
    FakeAgent second = agent(supervisor, "b");
    AdminClient admin = admin(supervisor);
    admin.apply("{name: web, instances: 2, command: [web], ports: {http: 9100}}");
    first.awaitLaunch();
    second.awaitLaunch();

    admin.apply("{name: api, command: [api], ports: {http: 9100}}");
    admin.await(
        "/v1/services/api",
        service ->
            service
                .path("waitingFor")
                .toString()
                .contains("node a has port 9100 taken by web; node b has port 9100 taken by web"));

    InstanceId launched = agent(supervisor, "c").awaitLaunch();
    assertThat(launched).hasToString("api/0#1");
  }

  /** In the actor's own stash they overflowed the stack, which ended the whole supervisor. */
  @Test
  void anyNumberOfReportsThatSayNothingNewMayComeAtOnce() throws Exception {
    Supervisor supervisor = supervisor();
    FakeAgent agent = agent(supervisor, "a");
    AdminClient admin = admin(supervisor);
    admin.apply("{name: web, instances: 3, command: [web]}");
    List<InstanceId> launched =
        List.of(agent.awaitLaunch(), agent.awaitLaunch(), agent.awaitLaunch());

    for (int i = 0; i < 20_000; i++) {
      agent.report(FakeAgent.alive(launched.get(i % 2), Phase.READY, 100 + i % 2, 20_001));
    }
    agent.report(FakeAgent.alive(launched.get(2), Phase.READY, 102, 20_003));

    admin.await("/v1/services/web", service -> service.path("state").asText().equals("ready"));
  }

  private Supervisor supervisor() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return opened(Supervisor.start(new SupervisorSettings(free, free, free, data)));
  }

  private AdminClient admin(Supervisor supervisor) {
    return opened(new AdminClient(supervisor.httpAddress()));
  }

  private FakeAgent agent(Supervisor supervisor, String node) throws Exception {
    return opened(FakeAgent.connected(supervisor.grpcAddress(), node).beating());
  }

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }
}
