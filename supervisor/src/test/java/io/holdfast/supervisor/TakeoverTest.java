package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts whose agents are given the same node id, one after the other. */
final class TakeoverTest {

  private static final String WEB =
      """
      name: web
      command: [web]
      ports: {http: auto}
      health: {readiness: {tcp: http}}
      """;

  @TempDir Path data;
  private Supervisor supervisor;
  private AdminClient admin;
  private ServerSocket door;

  @BeforeEach
  void start() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    supervisor = Supervisor.start(new SupervisorSettings(free, free, free, data));
    admin = new AdminClient(supervisor.httpAddress());
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws Exception {
    door.close();
    admin.close();
    supervisor.close();
  }

  @Test
  void anotherAgentDoesNotGetANodeWhoseServicesAnswerWithoutTheirs() throws Exception {
    InstanceId web;
    try (FakeAgent first = welcomed("first")) {
      web = ready(first);
    }
    awaitState("suspect");

    assertRefused("second");
    try (FakeAgent back = agent("first", web)) {
      back.await(SupervisorMessage::hasWelcome);
      awaitState("ready");
      assertThat(admin.get("/v1/services/web").path("instances").path(0).path("id").asText())
          .isEqualTo(web.toString());
    }
  }

  @Test
  void norAfterTheSupervisorHasBegunAnew() throws Exception {
    try (FakeAgent first = welcomed("first")) {
      ready(first);
    }
    supervisor.close();
    start();

    assertRefused("second");
  }

  @Test
  void anotherAgentGetsANodeOfWhichNothingIsLeft() throws Exception {
    try (FakeAgent other = FakeAgent.connected(supervisor.grpcAddress(), "node-b").beating()) {
      try (FakeAgent first = welcomed("first")) {
        first.fallsSilent();
      }
      awaitState("lost");

      welcomed("second").close();
      assertThat(other.hasHeard(SupervisorMessage::hasStop)).isFalse();
    }
  }

  @Test
  void anotherAgentGetsANodeOnWhichNothingWasPlaced() throws Exception {
    welcomed("first").close();

    FakeAgent second = agent("second");
    // While services may not have said yet that they have anything there.
    while (second.await(word -> word.hasWelcome() || word.hasRefused()).hasRefused()) {
      second.close();
      second = agent("second");
    }
    second.close();
  }

  @Test
  void anAgentOfAnEarlierReleaseIsTakenForTheSame() throws Exception {
    try (FakeAgent first = welcomed("first")) {
      ready(first);
    }
    FakeAgent.connected(supervisor.grpcAddress(), "node-a").close();

    assertRefused("second");
    welcomed("first").close();
  }

  private void assertRefused(String identity) throws Exception {
    try (FakeAgent stranger = agent(identity)) {
      SupervisorMessage answer = stranger.await(word -> word.hasWelcome() || word.hasRefused());
      assertThat(answer.getRefused().getReason())
          .startsWith("node 'node-a' is still that of an agent with another data directory")
          .contains("--node")
          .contains("--data");
    }
  }

  private InstanceId ready(FakeAgent agent) throws Exception {
    admin.apply(WEB);
    InstanceId web = agent.awaitLaunch();
    agent.report(FakeAgent.alive(web, Phase.READY, 7, door.getLocalPort()));
    admin.awaitRoute("web", route -> route.size() == 1);
    return web;
  }

  private FakeAgent welcomed(String identity) throws Exception {
    FakeAgent agent = agent(identity);
    while (agent.await(word -> word.hasWelcome() || word.hasRefused()).hasRefused()) {
      agent.close();
      agent = agent(identity);
    }
    return agent.beating();
  }

  private FakeAgent agent(String identity) {
    return FakeAgent.identified(identity, supervisor.grpcAddress(), "node-a");
  }

  private FakeAgent agent(String identity, InstanceId running) {
    return FakeAgent.identified(
        identity,
        supervisor.grpcAddress(),
        "node-a",
        FakeAgent.alive(running, Phase.READY, 7, door.getLocalPort()));
  }

  private void awaitState(String state) throws Exception {
    admin.await("/v1/nodes/node-a", node -> node.path("state").asText().equals(state));
  }
}
