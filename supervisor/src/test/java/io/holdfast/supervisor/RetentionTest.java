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
  private static final String KEPT = "/v1/events?service=web&limit=1000";

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
      web = flapped(admin, agent, agent.awaitLaunch());
      Set<Long> paged = paged(admin);
      JsonNode all = admin.get(KEPT);
      assertThat(all.size()).isBetween(FEWEST_KEPT, MOST_KEPT);
      assertThat(paged).as("from the beginning, page by page").containsAll(ids(all));
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
      awaitServed(admin, next);
    }
  }

  private JournalSettings journal(Kind kind) throws Exception {
    return switch (kind) {
      case H2 -> new JournalSettings.Embedded();
      case POSTGRES -> TestPostgres.database().settings();
    };
  }

  /**
   * Has an instance's readiness change until old events have left, and then itself replaced: what
   * the one after it reports is written after all of it.
   *
   * <p>A round of deleting that falls into the one before it is left out, so a few more events than
   * {@link #EVENTS} may be needed for the next.
   */
  private static InstanceId flapped(AdminClient admin, FakeAgent agent, InstanceId first)
      throws Exception {
    flap(agent, first, EVENTS);
    admin.await("/v1/events?after=" + EVENTS, events -> !events.isEmpty());
    admin.await(KEPT, events -> hasShrunk(events) || flap(agent, first, 10));
    agent.report(FakeAgent.killed(first));
    InstanceId next = agent.awaitLaunch();
    agent.report(FakeAgent.alive(next, Phase.READY, 100, 20_001));
    awaitServed(admin, next);
    return next;
  }

  private static boolean flap(FakeAgent agent, InstanceId instance, int times) {
    for (int i = 0; i < times / 2; i++) {
      agent.report(FakeAgent.alive(instance, Phase.READY, 100, 20_001));
      agent.report(FakeAgent.alive(instance, Phase.UNREADY, 100, 20_001));
    }
    return false;
  }

  private static boolean hasShrunk(JsonNode events) {
    return events.size() >= FEWEST_KEPT && events.size() <= MOST_KEPT;
  }

  private static void awaitServed(AdminClient admin, InstanceId instance) throws Exception {
    admin.awaitRoute(
        "web", route -> route.path(0).path("instance").asText().equals(instance.toString()));
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
