package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.security.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal that is written without end stays as small as what is kept of it. */
final class RetentionTest {

  private static final int EVENTS = 2_600;
  private static final int FEWEST_KEPT = 500;
  private static final int MOST_KEPT = 800;

  enum Kind {
    H2,
    POSTGRES
  }

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void oldEventsLeaveTheFeedStaysInOrderAndARestartLosesNothing(Kind kind) throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SupervisorSettings settings =
        new SupervisorSettings(free, free, free, Seeds.NONE, data, journal(kind), Access.OPEN);
    InstanceId web;
    JsonNode before;
    try (Supervisor supervisor = Supervisor.start(settings);
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      admin.apply("{name: web, command: [web], ports: {http: auto}}");
      web = agent.awaitLaunch();
      for (int i = 0; i < EVENTS / 2; i++) {
        agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
        agent.report(FakeAgent.alive(web, Phase.UNREADY, 100, 20_001));
      }
      agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
      long last = lastOf(admin);
      JsonNode all =
          admin.await(
              "/v1/events?service=web&limit=1000",
              events -> events.size() >= FEWEST_KEPT && events.size() <= MOST_KEPT);
      assertThat(all.path(0).path("id").asLong()).isGreaterThan(last - MOST_KEPT - 20);
      assertThat(paged(admin)).as("from the beginning, page by page").containsAll(ids(all));
      before = admin.get("/v1/services/web");
    }
    try (Supervisor supervisor = Supervisor.start(settings);
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent =
            FakeAgent.connected(
                    supervisor.grpcAddress(),
                    "node-a",
                    FakeAgent.alive(web, Phase.READY, 100, 20_001))
                .beating()) {
      JsonNode after =
          admin.await("/v1/services/web", one -> one.path("state").equals(before.path("state")));
      assertThat(after.path("instances")).isEqualTo(before.path("instances"));
      assertThat(after.path("incidents")).isEqualTo(before.path("incidents"));
      agent.report(FakeAgent.killed(web));
      InstanceId next = agent.awaitLaunch();
      assertThat(next.epoch()).isGreaterThan(web.epoch());
      agent.report(FakeAgent.alive(next, Phase.READY, 101, 20_002));
      admin.awaitRoute(
          "web", route -> route.path(0).path("instance").asText().equals(next.toString()));
    }
  }

  private JournalSettings journal(Kind kind) throws Exception {
    return switch (kind) {
      case H2 -> new JournalSettings.Embedded();
      case POSTGRES -> TestPostgres.database().settings();
    };
  }

  /** The place of the last event, once all have been written. */
  private static long lastOf(AdminClient admin) throws Exception {
    JsonNode late = admin.await("/v1/events?after=" + EVENTS, events -> !events.isEmpty());
    return late.path(late.size() - 1).path("id").asLong();
  }

  private static Set<Long> ids(JsonNode events) {
    Set<Long> ids = new HashSet<>();
    events.forEach(event -> ids.add(event.path("id").asLong()));
    return ids;
  }

  /** As a follower reads that begins before everything that is kept. */
  private static Set<Long> paged(AdminClient admin) throws Exception {
    Set<Long> seen = new HashSet<>();
    long after = 0;
    while (true) {
      JsonNode page = admin.get("/v1/events?limit=100&after=" + after);
      for (JsonNode event : page) {
        assertThat(event.path("id").asLong()).isGreaterThan(after);
        after = event.path("id").asLong();
        seen.add(after);
      }
      if (page.isEmpty()) {
        return seen;
      }
    }
  }
}
