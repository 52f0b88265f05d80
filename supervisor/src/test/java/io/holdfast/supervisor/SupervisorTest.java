package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole supervisor node over its real sockets, with an agent that has no host. */
final class SupervisorTest {

  private static final String WEB =
      """
      kind: service
      name: web
      instances: 1
      command: [web]
      ports: {http: auto}
      """;

  @TempDir Path data;

  @Test
  void launchesRoutesRestartsAndForgets() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(WEB);
      InstanceId first = agent.awaitLaunch();
      assertThat(first).hasToString("web/0#1");
      agent.report(FakeAgent.alive(first, Phase.READY, 100, 20_001));
      admin.awaitRoute("web", route -> shows(route, "web/0#1"));

      agent.report(FakeAgent.killed(first));
      InstanceId second = agent.awaitLaunch();
      assertThat(second).hasToString("web/0#2");
      assertThat(agent.awaitForget()).isEqualTo(first);
      admin.awaitRoute("web", JsonNode::isEmpty);
      agent.report(FakeAgent.alive(second, Phase.READY, 101, 20_002));
      admin.awaitRoute("web", route -> shows(route, "web/0#2"));

      JsonNode instance = admin.get("/v1/services/web").path("instances").path(0);
      assertThat(instance.path("restarts").asInt()).isEqualTo(1);
      assertThat(instance.path("lastExit").path("signal").asText()).isEqualTo("KILL");
      assertThat(instance.path("lastExit").path("log").path(0).asText()).isEqualTo("last words");
    }
  }

  @Test
  void aRestartedSupervisorKnowsWhatItAcknowledgedAndLaunchesNothingTwice() throws Exception {
    InstanceId web;
    JsonNode before;
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(WEB);
      web = agent.awaitLaunch();
      agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
      admin.awaitRoute("web", route -> shows(route, "web/0#1"));
      before = admin.get("/v1/services/web").path("instances");
    }
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      assertThat(admin.get("/v1/routes").path("services").path("web"))
          .as("routed before any agent is back")
          .hasSize(1);
      try (FakeAgent agent =
          FakeAgent.connected(
              supervisor.grpcAddress(), "node-a", FakeAgent.alive(web, Phase.READY, 100, 20_001))) {
        assertThat(admin.get("/v1/services/web").path("instances")).isEqualTo(before);
        assertThat(admin.send("POST", "/v1/services/web/scale", "{\"instances\": 2}").statusCode())
            .isEqualTo(202);
        assertThat(agent.awaitLaunch()).as("the next launch of all").hasToString("web/1#2");
      }
    }
  }

  @Test
  void anInstanceThatVanishedWhileNobodyLookedIsLaunchedAgainWithTheNextEpoch() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      try (FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
        admin.apply(WEB);
        InstanceId web = agent.awaitLaunch();
        agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
        admin.awaitRoute("web", route -> shows(route, "web/0#1"));
      }
      try (FakeAgent agent = reconnected(supervisor)) {
        assertThat(agent.awaitLaunch()).hasToString("web/0#2");
      }
    }
  }

  @Test
  void anAgentThatReturnsKeepsEverythingItHasHoweverOftenItReturns() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      List<Report> alive = new ArrayList<>();
      FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a");
      admin.apply(WEB.replace("instances: 1", "instances: 8"));
      for (int i = 0; i < 8; i++) {
        InstanceId launched = agent.awaitLaunch();
        alive.add(FakeAgent.alive(launched, Phase.READY, 100 + i, 20_001 + i));
        agent.report(alive.getLast());
      }
      admin.awaitRoute("web", route -> route.size() == 8);
      for (int returns = 0; returns < 20; returns++) {
        agent.close();
        agent = reconnected(supervisor, alive.toArray(Report[]::new));
      }
      JsonNode web = admin.get("/v1/services/web");
      agent.close();
      assertThat(web.path("ready").asInt()).isEqualTo(8);
      assertThat(web.path("restarts").asInt()).isZero();
      assertThat(web.path("incidents")).isEmpty();
    }
  }

  @Test
  void aDeletedServiceIsDrainedStoppedAndItsEpochsAreNeverUsedAgain() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(WEB);
      InstanceId web = agent.awaitLaunch();
      agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
      assertThat(admin.send("DELETE", "/v1/services/web", "").statusCode()).isEqualTo(202);
      assertThat(agent.awaitStop()).isEqualTo(web);
      agent.report(FakeAgent.stopped(web));
      admin.apply(WEB);
      assertThat(agent.awaitLaunch()).hasToString("web/0#2");
    }
  }

  @Test
  void twoAgentsUnderOneNodeIdAreNotMixedUp() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        FakeAgent first = FakeAgent.connected(supervisor.grpcAddress(), "node-a");
        FakeAgent second = FakeAgent.introduced(supervisor.grpcAddress(), "node-a")) {
      assertThat(first).isNotNull();
      assertThat(second.await(SupervisorMessage::hasRefused).getRefused().getReason())
          .contains("another agent is connected as node 'node-a'");
    }
  }

  @Test
  void aDataDirectoryServesOneProcess() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings())) {
      assertThat(supervisor.httpAddress().getPort()).isPositive();
      assertThatThrownBy(() -> Supervisor.start(settings()))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("is in use by another process");
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress http = local(taken.getLocalPort());
      assertThatThrownBy(() -> Supervisor.start(new SupervisorSettings(http, free(), free(), data)))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining(
              "cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + " (--http): the port is in use");
    }
  }

  @Test
  void refusesToBindWhereOthersCouldReachIt() {
    InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
    assertThatThrownBy(
            () -> Supervisor.start(new SupervisorSettings(everywhere, free(), free(), data)))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("binds to loopback only");
  }

  /** The old session may take a moment to notice that its agent is gone. */
  private static FakeAgent reconnected(Supervisor supervisor, Report... reports)
      throws InterruptedException, IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      FakeAgent agent = FakeAgent.introduced(supervisor.grpcAddress(), "node-a", reports);
      SupervisorMessage answer = agent.await(each -> each.hasWelcome() || each.hasRefused());
      if (answer.hasWelcome()) {
        return agent;
      }
      agent.close();
    }
    throw new IOException("the node's old session never ended");
  }

  private static boolean shows(JsonNode route, String instance) {
    return route.size() == 1 && route.path(0).path("instance").asText().equals(instance);
  }

  private SupervisorSettings settings() {
    return new SupervisorSettings(free(), free(), free(), data);
  }

  private static InetSocketAddress free() {
    return local(0);
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
