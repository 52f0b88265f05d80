package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.security.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal that is written without end stays as small as what is kept of it. */
final class RetentionTest {

  private static final int FEWEST_KEPT = 500;
  private static final int MOST_KEPT = 800;

  /** Of the journal, far more than are kept. */
  private static final int MOST_WRITTEN = 5_000;

  private static final int AT_ONCE = 100;

  /** An event's number is that of its row, and its place in it in so many bits. */
  private static final int PLACE_BITS = 10;

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
      assertThat(rows(admin).size()).isBetween(FEWEST_KEPT, MOST_KEPT);
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
   */
  private static InstanceId flapped(AdminClient admin, FakeAgent agent, InstanceId first)
      throws Exception {
    agent.report(FakeAgent.alive(first, Phase.READY, 100, 20_001));
    awaitServed(admin, first);
    long oldest = rows(admin).first();
    for (int written = 0; rows(admin).first() == oldest; written += AT_ONCE) {
      assertThat(written).as("rows until old ones have left").isLessThan(MOST_WRITTEN);
      flap(admin, agent, first);
    }
    agent.report(FakeAgent.killed(first));
    InstanceId next = agent.awaitLaunch();
    agent.report(FakeAgent.alive(next, Phase.READY, 100, 20_001));
    awaitServed(admin, next);
    return next;
  }

  /** An answer each time, so that what is reported then is recorded in a row of its own. */
  private static void flap(AdminClient admin, FakeAgent agent, InstanceId instance)
      throws Exception {
    for (int i = 0; i < AT_ONCE / 2; i++) {
      agent.report(FakeAgent.alive(instance, Phase.UNREADY, 100, 20_001));
      admin.get("/v1/services/web");
      agent.report(FakeAgent.alive(instance, Phase.READY, 100, 20_001));
      admin.get("/v1/services/web");
    }
  }

  private static void awaitServed(AdminClient admin, InstanceId instance) throws Exception {
    admin.awaitRoute(
        "web", route -> route.path(0).path("instance").asText().equals(instance.toString()));
  }

  /** In their order, as a follower reads that begins before everything that is kept. */
  private static SortedSet<Long> rows(AdminClient admin) throws Exception {
    SortedSet<Long> rows = new TreeSet<>();
    long after = 0;
    while (true) {
      JsonNode page = admin.get("/v1/events?service=web&limit=1000&after=" + after);
      for (JsonNode event : page) {
        assertThat(event.path("id").asLong()).isGreaterThan(after);
        after = event.path("id").asLong();
        rows.add(after >> PLACE_BITS);
      }
      if (page.isEmpty()) {
        return rows;
      }
    }
  }
}
