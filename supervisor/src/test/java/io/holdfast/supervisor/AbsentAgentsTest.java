package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent is not its host: what becomes of services whose agent is not heard. */
final class AbsentAgentsTest {

  private static final String WEB =
      """
      name: web
      instances: 2
      command: [web]
      ports: {http: auto}
      health: {readiness: {tcp: http}}
      """;
  private static final String JOB = "{name: job, instances: 2, command: [job]}";

  @TempDir Path data;
  private Supervisor supervisor;
  private AdminClient admin;
  private FakeAgent a;
  private FakeAgent b;
  private ServerSocket door;

  @BeforeEach
  void start() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    supervisor = Supervisor.start(new SupervisorSettings(free, free, free, data));
    admin = new AdminClient(supervisor.httpAddress());
    a = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating();
    b = FakeAgent.connected(supervisor.grpcAddress(), "node-b").beating();
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws Exception {
    door.close();
    a.close();
    b.close();
    admin.close();
    supervisor.close();
  }

  @Test
  void anAgentThatIsGoneTouchesNothingWhileItsServicesAnswer() throws Exception {
    InstanceId here = launched(WEB);
    a.close();

    JsonNode trusted = event("node-trusted");
    assertThat(trusted.path("node").asText()).isEqualTo("node-a");
    assertThat(trusted.path("cause").asText()).isEqualTo("its agent is away, its services answer");
    admin.awaitRoute("web", route -> stateOf(route, here).equals("ok"));
    assertThat(node("node-a")).isEqualTo("suspect");
    assertThat(admin.get("/v1/services/web").path("ready").asInt()).isEqualTo(2);
  }

  @Test
  void othersAreAskedToLook() throws Exception {
    launched(WEB);
    a.close();

    SupervisorMessage asked = b.await(SupervisorMessage::hasCheck);
    assertThat(asked.getCheck().getTargets(0).getPort()).isEqualTo(door.getLocalPort());
  }

  @Test
  void soAreGateways() throws Exception {
    try (FakeBalancer gateway = new FakeBalancer(supervisor.grpcAddress(), "gateway")) {
      launched(WEB);
      a.close();

      assertThat(gateway.awaitCheck().getTargets(0).getPort()).isEqualTo(door.getLocalPort());
    }
  }

  @Test
  void anAgentThatFallsSilentIsDoubtedUntilItsServicesAnswer() throws Exception {
    InstanceId here = launched(WEB);
    a.fallsSilent();

    assertThat(event("node-doubted").path("cause").asText()).isEqualTo("its heartbeats stopped");
    event("node-trusted");
    admin.awaitRoute("web", route -> stateOf(route, here).equals("ok"));
  }

  @Test
  void whatNobodyIsLetInToIsReplacedThoughItsHostLives() throws Exception {
    InstanceId here = launched(WEB);
    door.close();
    a.close();

    InstanceId next = b.awaitLaunch();
    assertThat(next.slot()).isEqualTo(here.slot());
    assertThat(next.epoch()).isGreaterThan(here.epoch());
    assertThat(event("instance-exited").path("cause").asText()).isEqualTo("was lost with its host");
  }

  @Test
  void aHostThatHasNothingToAskIsCondemnedAndWhatComesBackWithItEnds() throws Exception {
    InstanceId here = launched(JOB);
    a.close();

    InstanceId next = b.awaitLaunch();
    assertThat(next.slot()).isEqualTo(here.slot());
    assertThat(event("node-lost").path("cause").asText()).startsWith("silent for 6 s");
    assertThat(node("node-a")).isEqualTo("lost");
    try (FakeAgent back =
        FakeAgent.connected(supervisor.grpcAddress(), "node-a", alive(here)).beating()) {
      assertThat(back.awaitStop()).isEqualTo(here);
      assertThat(node("node-a")).isEqualTo("ready");
    }
  }

  @Test
  void theLastHostIsNotCondemned() throws Exception {
    InstanceId here = launched(JOB);
    b.close();
    event("node-suspect");
    a.close();

    assertThat(event("node-alarm").path("cause").asText())
        .endsWith("no other node is there to take what is on it");
    try (FakeAgent back =
        FakeAgent.connected(supervisor.grpcAddress(), "node-a", alive(here)).beating()) {
      admin.await("/v1/nodes/node-a", answer -> answer.path("state").asText().equals("ready"));
      assertThat(back.hasHeard(SupervisorMessage::hasStop)).isFalse();
    }
  }

  /** Gives the instance on node-a; both are ready, and there is a door for it. */
  private InstanceId launched(String spec) throws Exception {
    admin.apply(spec);
    InstanceId here = a.awaitLaunch();
    InstanceId there = b.awaitLaunch();
    a.report(alive(here));
    b.report(alive(there));
    admin.await(
        "/v1/services/" + here.service(), answer -> answer.path("state").asText().equals("ready"));
    return here;
  }

  /** Of a service that has a port there is a door; the other has nothing that could be tried. */
  private Report alive(InstanceId instance) {
    Map<String, Integer> ports =
        instance.service().value().equals("web") ? Map.of("http", door.getLocalPort()) : Map.of();
    return new Report.Alive(instance, Phase.READY, 7, ports, Instant.now(), "");
  }

  private JsonNode event(String type) throws IOException, InterruptedException {
    JsonNode events =
        admin.await("/v1/events?limit=1000", answer -> !find(answer, type).isMissingNode());
    return find(events, type);
  }

  private static JsonNode find(JsonNode events, String type) {
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.path("type").asText().equals(type))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private String node(String id) throws IOException, InterruptedException {
    return admin.get("/v1/nodes/" + id).path("state").asText();
  }

  private static String stateOf(JsonNode endpoints, InstanceId instance) {
    return StreamSupport.stream(endpoints.spliterator(), false)
        .filter(endpoint -> endpoint.path("instance").asText().equals(instance.toString()))
        .map(endpoint -> endpoint.path("state").asText())
        .findFirst()
        .orElse("");
  }
}
