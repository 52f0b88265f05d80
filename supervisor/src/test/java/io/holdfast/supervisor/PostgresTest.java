package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.security.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor whose journal is in a PostgreSQL that may go away. */
final class PostgresTest {

  private static final String WEB =
      """
      kind: service
      name: web
      instances: 1
      command: [web]
      ports: {http: auto}
      """;

  @TempDir Path data;

  private TestPostgres database;

  @BeforeEach
  void anEmptyDatabase() throws SQLException {
    database = TestPostgres.database();
  }

  @Test
  void aRestartedSupervisorKnowsWhatItAcknowledged() throws Exception {
    JsonNode before;
    JsonNode events;
    try (Supervisor supervisor = Supervisor.start(settings("a"));
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      runningWeb(admin, agent);
      before = admin.get("/v1/services/web").path("instances");
      events = admin.await("/v1/events", all -> types(all).contains("instance-ready"));
      assertThat(admin.get("/v1/cluster").path("journal").asText()).isEqualTo("postgres");
      assertThat(admin.text("/metrics"))
          .containsPattern("holdfast_journal_write_seconds_count [1-9]");
    }
    // Of another directory: all that it knows it has from the database.
    try (Supervisor supervisor = Supervisor.start(settings("b"));
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      assertThat(admin.get("/v1/routes").path("services").path("web")).hasSize(1);
      assertThat(admin.get("/v1/services/web").path("instances")).isEqualTo(before);
      assertThat(types(admin.get("/v1/events"))).containsSubsequence(types(events));
    }
  }

  @Test
  void whileTheJournalIsAwayWhatRunsGoesOnChangesAreRefusedAndAfterwardsNothingIsMissing()
      throws Exception {
    try (Wire wire = Wire.to(TestPostgres.address());
        Supervisor supervisor = Supervisor.start(settings("a", database.settings(wire.address())));
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      InstanceId first = runningWeb(admin, agent);
      wire.cut();
      refusesEveryChange(admin);
      assertThat(admin.get("/v1/cluster").path("journalState").asText())
          .contains(" is away since ");
      assertThat(admin.get("/v1/services").path(0).path("ready").asInt()).isEqualTo(1);
      agent.report(FakeAgent.killed(first));
      admin.awaitRoute("web", JsonNode::isEmpty);

      wire.mend();
      InstanceId second = agent.awaitLaunch();
      assertThat(second).hasToString("web/0#2");
      agent.report(FakeAgent.alive(second, Phase.READY, 101, 20_002));
      admin.awaitRoute("web", route -> shows(route, "web/0#2"));
      assertThat(admin.get("/v1/services").findValuesAsText("name")).containsExactly("web");
      assertThat(admin.get("/v1/services/web").path("version").asInt()).isEqualTo(1);
      assertThat(types(admin.get("/v1/events"))).doesNotContain("rollout-began");
    }
  }

  private static void refusesEveryChange(AdminClient admin) throws Exception {
    for (HttpResponse<String> answer :
        List.of(
            admin.send("POST", "/v1/apply", WEB.replace("web", "other")),
            admin.send("POST", "/v1/services/web/scale", "{\"instances\": 2}"),
            admin.send("POST", "/v1/services/web/restart", ""),
            admin.send("DELETE", "/v1/services/web", ""))) {
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("Nothing was changed: the journal in ")
          .contains(" is away");
    }
  }

  @Test
  void actorsWhoseWritesFailedComeBackAndGoOnByThemselves() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings("a"));
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      InstanceId first = runningWeb(admin, agent);
      database.execute(
          "alter table event_journal add constraint full_disk check (false) not valid");
      HttpResponse<String> answer = admin.send("POST", "/v1/apply", WEB.replace("web", "other"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("it may have been made or not");
      agent.report(FakeAgent.killed(first));
      admin.awaitRoute("web", JsonNode::isEmpty);

      database.execute("alter table event_journal drop constraint full_disk");
      assertThat(agent.awaitLaunch()).as("by no other means than its ticks").hasToString("web/0#2");
      assertThat(admin.get("/v1/services").findValuesAsText("name")).containsExactly("web");
    }
  }

  @Test
  void aFrozenJournalIsWaitedForNotForEver() throws Exception {
    try (Wire wire = Wire.to(TestPostgres.address());
        Supervisor supervisor = Supervisor.start(settings("a", database.settings(wire.address())));
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      InstanceId first = runningWeb(admin, agent);
      wire.hold();
      HttpResponse<String> answer = admin.send("POST", "/v1/apply", WEB.replace("web", "other"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("Nothing was changed: ");
      admin.await("/v1/cluster", all -> all.path("journalState").asText().contains("away"));
      agent.report(FakeAgent.killed(first));
      admin.awaitRoute("web", JsonNode::isEmpty);

      wire.release();
      assertThat(agent.awaitLaunch()).hasToString("web/0#2");
      admin.await("/v1/cluster", all -> all.path("journalState").asText().equals("ok"));
      admin.apply(WEB.replace("web", "third"));
    }
  }

  @Test
  void aDatabaseIsUsedByOneSupervisorAtATime() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings("a"))) {
      assertThatThrownBy(() -> Supervisor.start(settings("b")))
          .isInstanceOf(CannotStart.class)
          .hasMessageEndingWith(" is in use by another supervisor");
      assertThat(supervisor.deposed()).isEmpty();
    }
    Supervisor.start(settings("b")).close();
  }

  @Test
  void aSupervisorThatLostItsDatabaseToAnotherIsDeposed() throws Exception {
    try (Wire wire = Wire.to(TestPostgres.address());
        Supervisor first = Supervisor.start(settings("a", database.settings(wire.address())));
        AdminClient admin = new AdminClient(first.httpAddress())) {
      wire.cut();
      Supervisor second = Supervisor.start(settings("b"));
      second.close();
      wire.mend();
      Patience.await(() -> first.deposed().isPresent());
      assertThat(first.deposed().orElseThrow()).contains("another supervisor has taken over");
      assertThat(admin.send("POST", "/v1/apply", WEB).body()).contains("Nothing was changed");
      assertThat(database.number("select count(*) from event_journal")).isZero();
    }
  }

  @Test
  void saysInASentenceThatThereIsNoServer() throws IOException {
    try (Wire wire = Wire.to(TestPostgres.address())) {
      wire.cut();
      assertThatThrownBy(() -> Supervisor.start(settings("a", database.settings(wire.address()))))
          .isInstanceOf(CannotStart.class)
          .hasMessageStartingWith("the journal in 127.0.0.1:")
          .hasMessageContaining(" cannot be used: ");
    }
  }

  private static InstanceId runningWeb(AdminClient admin, FakeAgent agent) throws Exception {
    admin.apply(WEB);
    InstanceId web = agent.awaitLaunch();
    agent.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
    admin.awaitRoute("web", route -> shows(route, "web/0#1"));
    admin.await("/v1/services/web", all -> all.path("state").asText().equals("ready"));
    return web;
  }

  private static boolean shows(JsonNode route, String instance) {
    return route.size() == 1 && route.path(0).path("instance").asText().equals(instance);
  }

  private static List<String> types(JsonNode events) {
    return events.findValuesAsText("type");
  }

  private SupervisorSettings settings(String directory) {
    return settings(directory, database.settings());
  }

  private SupervisorSettings settings(String directory, JournalSettings journal) {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new SupervisorSettings(
        free, free, free, Seeds.NONE, data.resolve(directory), journal, Access.OPEN);
  }
}
