package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is to be emptied, over a whole supervisor node with agents that have no hosts. */
final class DrainTest {

  @TempDir Path data;

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void aDrainingNodeTakesNothingUntilItIsTakenBack() throws Exception {
    Supervisor supervisor = supervisor();
    AdminClient admin = admin(supervisor);
    FakeAgent agent = agent(supervisor, "a");

    assertThat(post(admin, "/v1/nodes/a/drain")).isEqualTo(202);
    assertThat(post(admin, "/v1/nodes/a/drain")).isEqualTo(202);
    admin.apply("{name: web, command: [web]}");
    admin.await(
        "/v1/services/web",
        service -> service.path("waitingFor").toString().contains("node a is draining"));

    assertThat(post(admin, "/v1/nodes/a/undrain")).isEqualTo(202);
    assertThat(agent.awaitLaunch()).hasToString("web/0#1");
    admin.await("/v1/nodes/a", is("ready"));
    assertThat(types(admin, "node-undrained"))
        .containsSubsequence("node-draining", "node-undrained")
        .containsOnlyOnce("node-draining", "node-undrained");
  }

  @Test
  void aNodeIsDrainingWhileAnythingIsLeft() throws Exception {
    Supervisor supervisor = supervisor();
    AdminClient admin = admin(supervisor);
    FakeAgent agent = agent(supervisor, "a");
    admin.apply("{name: web, command: [web]}");
    InstanceId launched = agent.awaitLaunch();
    agent.report(FakeAgent.alive(launched, Phase.READY, 100, 20_001));
    admin.await("/v1/services/web", is("ready"));

    assertThat(post(admin, "/v1/nodes/a/drain")).isEqualTo(202);
    admin.await("/v1/nodes/a", is("draining"));
    assertThat(admin.get("/v1/nodes/a").path("reserved").path("places").asInt()).isEqualTo(1);
    assertThat(agent.hasHeard(SupervisorMessage::hasStop)).as("there is no other node").isFalse();
  }

  @Test
  void whatIsOnItMovesAndTheOldStaysUntilTheNewIsReady() throws Exception {
    Supervisor supervisor = supervisor();
    AdminClient admin = admin(supervisor);
    FakeAgent a = agent(supervisor, "a");
    admin.apply("{name: web, command: [web], ports: {http: auto}, rollout: {healthyFor: 0s}}");
    InstanceId old = a.awaitLaunch();
    a.report(FakeAgent.alive(old, Phase.READY, 100, 20_001));
    admin.await("/v1/services/web", is("ready"));
    FakeAgent b = agent(supervisor, "b");

    assertThat(post(admin, "/v1/nodes/a/drain")).isEqualTo(202);
    InstanceId next = b.awaitLaunch();
    assertThat(a.hasHeard(SupervisorMessage::hasStop)).isFalse();
    b.report(FakeAgent.alive(next, Phase.READY, 100, 20_001));
    assertThat(a.awaitStop()).isEqualTo(old);
    a.report(FakeAgent.stopped(old));

    admin.await("/v1/nodes/a", is("drained"));
    JsonNode web = admin.await("/v1/services/web", is("ready"));
    assertThat(web.path("instances").findValuesAsText("node")).containsExactly("b");
    assertThat(web.path("restarts").asInt()).isZero();
    assertThat(types(admin, "node-drained"))
        .containsSubsequence(
            "node-draining", "relocation-began", "relocation-ended", "node-drained");
  }

  @Test
  void theOrderOutlivesASupervisor() throws Exception {
    Supervisor first = supervisor();
    FakeAgent agent = agent(first, "a");
    try (AdminClient admin = new AdminClient(first.httpAddress())) {
      assertThat(post(admin, "/v1/nodes/a/drain")).isEqualTo(202);
    }
    agent.close();
    open.remove(first);
    first.close();

    Supervisor second = supervisor();
    AdminClient admin = admin(second);
    agent(second, "a");
    admin.await("/v1/nodes/a", is("draining"));
    admin.await("/v1/nodes/a", is("drained"));
    assertThat(types(admin, "node-drained")).containsOnlyOnce("node-draining", "node-drained");
  }

  @Test
  void aNodeThatNobodyKnowsIsNotDrained() throws Exception {
    AdminClient admin = admin(supervisor());

    assertThat(post(admin, "/v1/nodes/nowhere/drain")).isEqualTo(404);
    assertThat(post(admin, "/v1/nodes/nowhere/undrain")).isEqualTo(404);
  }

  /** The agents of these tests say that their hosts have 1 GiB and two processors. */
  @Test
  void instancesGoWhereThereIsRoomForWhatTheyAskFor() throws Exception {
    Supervisor supervisor = supervisor();
    AdminClient admin = admin(supervisor);
    FakeAgent agent = agent(supervisor, "a");
    admin.apply("{name: web, command: [web], resources: {memory: 824Mi}}");
    agent.awaitLaunch();

    admin.apply("{name: api, command: [api], resources: {memory: 256Mi}}");
    admin.await(
        "/v1/services/api",
        service ->
            service
                .path("waitingFor")
                .toString()
                .contains("node a has 200 MiB of memory left and 256 MiB are asked for"));

    assertThat(agent(supervisor, "b").awaitLaunch()).hasToString("api/0#1");
  }

  private static int post(AdminClient admin, String path) throws Exception {
    return admin.send("POST", path, "").statusCode();
  }

  /** What has happened, once {@code last} has. */
  private static List<String> types(AdminClient admin, String last) throws Exception {
    JsonNode events = admin.await("/v1/events?limit=1000", all -> typesOf(all).contains(last));
    return typesOf(events);
  }

  private static List<String> typesOf(JsonNode events) {
    List<String> types = new ArrayList<>();
    events.forEach(event -> types.add(event.path("type").asText()));
    return types;
  }

  private static Predicate<JsonNode> is(String state) {
    return one -> one.path("state").asText().equals(state);
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
