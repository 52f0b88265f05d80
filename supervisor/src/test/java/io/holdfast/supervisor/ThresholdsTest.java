package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What balancers tell of requests has consequences where the specification says so. */
final class ThresholdsTest {

  private static final String WEB =
      """
      name: web
      instances: 3
      command: [web]
      ports: {http: auto}
      health: {thresholds: {errorRate: 0.2, window: 10m, then: isolate}}
      """;

  @TempDir Path data;

  @Test
  void whatFailsTooOftenIsIsolatedForEveryoneAndStaysSoWhenTheSupervisorBeginsAnew()
      throws Exception {
    List<Report> alive;
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating();
        FakeBalancer first = new FakeBalancer(supervisor.grpcAddress(), "first");
        FakeBalancer second = new FakeBalancer(supervisor.grpcAddress(), "second")) {
      alive = launched(admin, agent, WEB);
      InstanceId bad = alive.get(1).instance();
      first.saw(bad, 20, 60);
      second.saw(bad, 23, 60);

      admin.awaitRoute("web", route -> stateOf(route, bad).equals("suspect"));
      assertThat(stateOf(admin.get("/v1/services/web").path("instances"), bad))
          .isEqualTo("suspect");
      assertThat(admin.get("/v1/services/web").path("ready").asInt()).isEqualTo(2);
      assertThat(admin.get("/v1/services/web").path("waitingFor").toString())
          .contains("the end of the isolation of " + bad);
      JsonNode incident = admin.get("/v1/services/web/why").path(0);
      assertThat(incident.path("cause").asText()).isEqualTo("exceeded its thresholds");
      assertThat(incident.path("decisions").path(0).path("because").asText())
          .isEqualTo(
              "health.thresholds: 43 of 120 requests failed within 10m, seen by 2 balancers"
                  + " (errorRate: 0.2)");
      JsonNode event = event(admin, "instance-isolated");
      assertThat(event.path("instance").asText()).isEqualTo(bad.toString());
      assertThat(event.path("evidence").path("outcomes").asText()).startsWith("43 of 120");
    }
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      assertThat(stateOf(admin.get("/v1/routes/web").path("services").path("web"), id(alive)))
          .isEqualTo("suspect");
    }
  }

  @Test
  void whereMostFailTooOftenTogetherNobodyIsIsolatedAndThatIsTold() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating();
        FakeBalancer only = new FakeBalancer(supervisor.grpcAddress(), "only")) {
      List<Report> alive = launched(admin, agent, WEB);
      only.saw(List.of(alive.get(1).instance(), alive.get(2).instance()), 60, 60);

      JsonNode service = admin.await("/v1/services/web", web -> !web.path("waitingFor").isEmpty());
      assertThat(service.path("ready").asInt()).isEqualTo(3);
      assertThat(service.path("waitingFor").path(0).asText())
          .startsWith("most instances to do well again: 2 of 2 instances do badly together since")
          .contains("60 of 60 requests failed within 10m");
      JsonNode incident = admin.get("/v1/services/web/why").path(0);
      assertThat(incident.path("cause").asText())
          .isEqualTo("exceeded its thresholds, as most others");
      assertThat(incident.has("restoredAt")).isFalse();
      assertThat(event(admin, "common-cause-found").path("evidence").path("doBadly").asInt())
          .isEqualTo(2);
    }
  }

  @Test
  void whatFailsTooOftenIsRestartedByTheLadder() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating();
        FakeBalancer only = new FakeBalancer(supervisor.grpcAddress(), "only")) {
      InstanceId bad = id(launched(admin, agent, WEB.replace("isolate", "restart")));
      only.saw(bad, 40, 100);

      assertThat(agent.awaitStop()).isEqualTo(bad);
      agent.report(FakeAgent.stopped(bad));
      InstanceId successor = agent.awaitLaunch();
      agent.report(FakeAgent.alive(successor, Phase.READY, 200, 20_200));

      JsonNode service = admin.await("/v1/services/web", web -> web.path("ready").asInt() == 3);
      assertThat(service.path("restarts").asInt()).isEqualTo(1);
      assertThat(event(admin, "instance-exited").path("cause").asText())
          .isEqualTo("exceeded its thresholds");
      assertThat(event(admin, "instance-exited").path("evidence").path("rung").asText())
          .isEqualTo("at-once");
    }
  }

  private static List<Report> launched(AdminClient admin, FakeAgent agent, String spec)
      throws Exception {
    admin.apply(spec);
    List<Report> alive = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      alive.add(FakeAgent.alive(agent.awaitLaunch(), Phase.READY, 100 + i, 20_001 + i));
      agent.report(alive.getLast());
    }
    admin.awaitRoute("web", route -> route.size() == 3);
    return alive;
  }

  private static InstanceId id(List<Report> alive) {
    return alive.get(1).instance();
  }

  private static String stateOf(JsonNode all, InstanceId instance) {
    for (JsonNode one : all) {
      String id = one.path(one.has("id") ? "id" : "instance").asText();
      if (id.equals(instance.toString())) {
        return one.path("state").asText();
      }
    }
    return "absent";
  }

  private static JsonNode event(AdminClient admin, String type)
      throws IOException, InterruptedException {
    for (JsonNode event : admin.get("/v1/events?limit=1000")) {
      if (event.path("type").asText().equals(type)) {
        return event;
      }
    }
    throw new AssertionError("there was no event " + type);
  }

  private SupervisorSettings settings() {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new SupervisorSettings(free, free, free, data);
  }
}
