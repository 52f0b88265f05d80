package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.cluster.Cluster;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.security.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three supervisors that act as one. */
final class ClusterTest {

  private static final String WEB =
      "{kind: service, name: web, instances: 1, command: [web], ports: {http: auto}}";

  @TempDir Path data;

  @Test
  void whatOneIsToldAllKnow() throws Exception {
    try (Trio trio = Trio.started(data, TestPostgres.database().settings());
        FakeAgent agent = FakeAgent.connected(trio.grpc(1), "node-a").beating()) {
      trio.admin(0).apply(WEB);
      InstanceId web = agent.awaitLaunch();
      agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
      for (int node : trio.nodes()) {
        trio.admin(node).awaitRoute("web", route -> route.size() == 1);
        assertThat(trio.admin(node).get("/v1/services/web").path("state").asText())
            .isEqualTo("ready");
        assertThat(
                trio.admin(node)
                    .await("/v1/nodes", nodes -> nodes.size() == 1)
                    .path(0)
                    .path("state")
                    .asText())
            .isEqualTo("ready");
        assertThat(trio.admin(node).get("/v1/cluster").path("members")).hasSize(3);
      }
      agent.report(FakeAgent.killed(web));
      for (int node : trio.nodes()) {
        trio.admin(node).awaitRoute("web", JsonNode::isEmpty);
      }
    }
  }

  @Test
  void whenTheOldestDiesTheOthersGoOnAndNothingAcknowledgedIsLost() throws Exception {
    try (Trio trio = Trio.started(data, TestPostgres.database().settings());
        FakeAgent agent = FakeAgent.connected(trio.grpc(1), "node-a").beating()) {
      trio.admin(0).apply(WEB);
      InstanceId web = agent.awaitLaunch();
      agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
      trio.admin(2).awaitRoute("web", route -> route.size() == 1);
      trio.kill(0);

      applied(trio.admin(2), WEB.replace("web", "other"));
      assertThat(agent.awaitLaunch()).hasToString("other/0#1");
      assertThat(
              trio.admin(1).await("/v1/services", all -> all.size() == 2).findValuesAsText("name"))
          .containsExactly("other", "web");
      trio.admin(1).awaitRoute("web", route -> route.size() == 1);

      trio.start(0);
      trio.admin(0).await("/v1/cluster", all -> all.path("members").size() == 3);
      trio.admin(0).awaitRoute("web", route -> route.size() == 1);
      assertThat(trio.admin(0).get("/v1/services").findValuesAsText("name"))
          .containsExactly("other", "web");
    }
  }

  @Test
  void anAgentWhoseSupervisorDiesIsTakenInByAnotherAndNothingIsRestarted() throws Exception {
    try (Trio trio = Trio.started(data, TestPostgres.database().settings());
        FakeAgent before = FakeAgent.connected(trio.grpc(0), "node-a").beating()) {
      trio.admin(1).apply(WEB);
      InstanceId web = before.awaitLaunch();
      Report running = FakeAgent.alive(web, Phase.READY, 100, 20_001);
      before.report(running);
      trio.admin(1).awaitRoute("web", route -> route.size() == 1);
      trio.kill(0);
      try (FakeAgent after = before.anew(trio.grpc(1), "node-a", running).beating()) {
        trio.admin(2).await("/v1/nodes", nodes -> areReady(nodes, 1));
        applied(trio.admin(2), WEB.replace("web", "other"));
        assertThat(after.awaitLaunch()).as("the first launch there").hasToString("other/0#1");
        // The actor of web may still be on its way to another supervisor.
        JsonNode shown =
            trio.admin(2).await("/v1/services/web", one -> one.path("instances").size() == 1);
        assertThat(shown.path("instances").path(0).path("id").asText()).isEqualTo(web.toString());
      }
    }
  }

  @Test
  void theOthersMeetThoughTheFirstStaysAway() throws Exception {
    try (Trio trio = Trio.of(data, TestPostgres.database().settings(), _ -> Access.OPEN)) {
      trio.start(1, 2);

      applied(trio.admin(2), WEB);
      assertThat(trio.admin(1).get("/v1/cluster").path("members")).hasSize(2);
    }
  }

  @Test
  void sessionsOutliveTheNodesThatKnewOfThem() throws Exception {
    List<FakeAgent> agents = new ArrayList<>();
    try (Trio trio = Trio.started(data, TestPostgres.database().settings())) {
      for (int i = 0; i < 8; i++) {
        agents.add(FakeAgent.connected(trio.grpc(1), "node-" + i).beating());
      }
      trio.admin(2).await("/v1/nodes", nodes -> areReady(nodes, 8));
      trio.kill(0);
      // Only a node's actor that knows of its session has anything launched there.
      int instances = 8;
      applied(trio.admin(2), WEB.replace("instances: 1", "instances: " + instances));
      while (!agents.stream().allMatch(agent -> agent.hasHeard(SupervisorMessage::hasLaunch))) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        instances++;
        trio.admin(2).send("POST", "/v1/services/web/scale", "{\"instances\": " + instances + "}");
        assertHeard(trio.admin(2).get("/v1/nodes"));
      }
    } finally {
      agents.forEach(FakeAgent::close);
    }
  }

  /** What is shown as ready is heard, whatever becomes of the actors of the nodes. */
  private static void assertHeard(JsonNode nodes) {
    assertThat(nodes)
        .filteredOn(node -> node.path("state").asText().equals("ready"))
        .allMatch(node -> node.hasNonNull("heartbeatAge"));
  }

  private static boolean areReady(JsonNode nodes, int count) {
    return nodes.size() == count
        && nodes.findValuesAsText("state").stream().allMatch("ready"::equals);
  }

  @Test
  void allOfThemStartedAnewKnowWhatTheyKnew() throws Exception {
    try (Trio trio = Trio.started(data, TestPostgres.database().settings())) {
      trio.admin(1).apply(WEB);
      trio.killAll();
      trio.start(0, 1, 2);
      for (int node : trio.nodes()) {
        assertThat(trio.admin(node).get("/v1/services").findValuesAsText("name"))
            .containsExactly("web");
      }
    }
  }

  @Test
  void whoeverHasAnotherJournalOrOtherSeedsStaysOutsideAndDoesNoHarm() throws Exception {
    TestPostgres database = TestPostgres.database();
    try (Trio trio = Trio.of(data, database.settings(), _ -> Access.OPEN);
        LogLines log = LogLines.of(Cluster.class)) {
      trio.start(0, 1);
      SupervisorSettings third = trio.settings(2);
      assertRefused(
          with(third, third.seeds(), TestPostgres.database().settings()),
          "the supervisors that run do not let this one join: their journal is not the one in"
              + " --journal-url, or they were started with other seeds");
      log.await("tried to join: its journal (--journal-url) is another one");
      assertRefused(
          with(third, others(trio), database.settings()),
          "is in use by supervisors that were started with other seeds: " + third.seeds().sorted());

      trio.admin(1).apply(WEB);
      trio.start(2);
      trio.admin(2).await("/v1/cluster", all -> all.path("members").size() == 3);
      assertThat(trio.admin(2).get("/v1/services").findValuesAsText("name")).containsExactly("web");
    }
  }

  private static void assertRefused(SupervisorSettings settings, String why) {
    assertThatThrownBy(() -> Supervisor.start(settings))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(why);
  }

  /** Two of them, and one that is not among them. */
  private static Seeds others(Trio trio) {
    return new Seeds(
        List.of(
            trio.settings(0).cluster(),
            trio.settings(2).cluster(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
  }

  private static SupervisorSettings with(
      SupervisorSettings settings, Seeds seeds, JournalSettings journal) {
    return new SupervisorSettings(
        settings.http(),
        settings.grpc(),
        settings.cluster(),
        seeds,
        settings.data(),
        journal,
        settings.access());
  }

  @Test
  void whoeverWaitsForTheOthersSaysForWhom() throws Exception {
    try (Trio trio = Trio.of(data, TestPostgres.database().settings(), _ -> Access.OPEN);
        LogLines log = LogLines.of(Meeting.class);
        Trio.Attempt _ = trio.attempt(0)) {
      log.await(
          "waits for more than half of the supervisors "
              + trio.settings(0).seeds().sorted().replace(",", ", ")
              + "; met so far: "
              + new Seeds(List.of(trio.settings(0).cluster())).sorted());
    }
  }

  /** Until the others have found out: what is refused has not been done. */
  private static void applied(AdminClient admin, String yaml) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (admin.send("POST", "/v1/apply", yaml).statusCode() != 200) {
      assertThat(System.nanoTime()).as("nobody takes changes").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
