package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.backup.BackupReader;
import io.holdfast.protocol.backup.BackupRow;
import io.holdfast.protocol.security.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that is lost and restored, of either kind, from either kind. */
final class BackupTest {

  private static final String WEB =
      """
      kind: service
      name: web
      command: [web]
      ports: {http: auto}
      """;
  private static final String LOCK =
      """
      kind: service
      name: lock
      command: [lock]
      exclusive: true
      lease: 2s
      stop: {grace: 1s}
      """;

  @TempDir Path directory;

  private int journals;

  @ParameterizedTest(name = "from {0} to {1}")
  @CsvSource({"h2, h2", "postgres, postgres", "h2, postgres", "postgres, h2"})
  void whatTheBackupKnowsGoesOnAndWhatCameLaterIsNotRepeated(String from, String to)
      throws Exception {
    Path backup = directory.resolve("backup");
    InstanceId web;
    InstanceId lock;
    InstanceId later;
    try (Supervisor supervisor = Supervisor.start(journal(from));
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      web = running(admin, agent, WEB, 1);
      lock = running(admin, agent, LOCK, 2);
      Files.writeString(backup, admin.text("/v1/backup"));
      later = running(admin, agent, WEB.replace("web", "later"), 3);
      admin.apply(WEB + "instances: 0\n");
    }

    SupervisorSettings restored = journal(to);
    JournalRestore.restore(backup, restored.journal(), restored.data());
    try (Supervisor supervisor = Supervisor.start(restored);
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent =
            FakeAgent.connected(
                    supervisor.grpcAddress(),
                    "node-a",
                    alive(web, 1),
                    alive(lock, 2),
                    alive(later, 3))
                .beating()) {
      assertThat(admin.get("/v1/services").findValuesAsText("name")).containsExactly("lock", "web");
      admin.awaitRoute("web", route -> shows(route, web));
      assertThat(admin.get("/v1/services/web").path("version").asLong()).isGreaterThan(1_000);
      assertThat(admin.get("/v1/services/web").path("desired").asLong()).isEqualTo(1);
      assertThat(pid(admin, "lock")).isEqualTo(2);
      assertThat(types(admin)).contains("journal-restored", "epochs-lifted");

      agent.report(FakeAgent.killed(web));
      assertThat(agent.awaitLaunch().epoch()).isGreaterThan(1_000_000);
      assertThat(agent.hasHeard(SupervisorMessage::hasStop)).isFalse();
      agent.report(FakeAgent.killed(lock));
      assertThat(agent.awaitLaunch().service()).isEqualTo(lock.service());

      admin.apply(WEB.replace("web", "later"));
      assertThat(agent.awaitLaunch().epoch())
          .as("of a service whose former life nobody knows")
          .isGreaterThan(1_000_000);
      assertThat(admin.get("/v1/services/later").path("version").asLong()).isGreaterThan(1_000);
    }
  }

  @Test
  void anExclusiveInstanceThatIsNotOnRecordEndsBeforeAnotherStarts() throws Exception {
    Path backup = directory.resolve("backup");
    InstanceId first;
    InstanceId second;
    try (Supervisor supervisor = Supervisor.start(journal("h2"));
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      first = running(admin, agent, LOCK, 1);
      Files.writeString(backup, admin.text("/v1/backup"));
      agent.report(FakeAgent.killed(first));
      second = agent.awaitLaunch();
    }
    SupervisorSettings restored = journal("h2");
    JournalRestore.restore(backup, restored.journal(), restored.data());
    try (Supervisor supervisor = Supervisor.start(restored);
        FakeAgent agent =
            FakeAgent.connected(supervisor.grpcAddress(), "node-a", alive(second, 2)).beating()) {
      assertThat(agent.awaitStop()).isEqualTo(second);
      agent.report(FakeAgent.stopped(second));
      assertThat(agent.awaitLaunch().epoch()).isGreaterThan(1_000_000);
    }
  }

  @Test
  void whatIsRestoredIsAJournalOfItsOwnThatSupervisorsOfAnotherCannotJoin() throws Exception {
    Path backup = directory.resolve("backup");
    try (Supervisor supervisor = Supervisor.start(journal("h2"));
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      admin.apply(WEB);
      Files.writeString(backup, admin.text("/v1/backup"));
    }
    JournalSettings.Postgres into = TestPostgres.database().settings();
    String before = identity(into);
    JournalRestore.restore(backup, into, directory);
    assertThat(identity(into)).isNotEqualTo(before).isEqualTo(identity(into));
  }

  private static String identity(JournalSettings.Postgres journal) throws CannotStart {
    try (PostgresClaim claim = PostgresClaim.take(new PostgresSource(journal), Seeds.NONE)) {
      return claim.journal();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void aJournalThatIsNotEmptyIsLeftAlone(String kind) throws Exception {
    Path backup = directory.resolve("backup");
    SupervisorSettings settings = journal(kind);
    try (Supervisor supervisor = Supervisor.start(settings);
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      admin.apply(WEB);
      Files.writeString(backup, admin.text("/v1/backup"));
      assertThatThrownBy(() -> JournalRestore.restore(backup, settings.journal(), settings.data()))
          .isInstanceOf(CannotStart.class);
    }
    assertThatThrownBy(() -> JournalRestore.restore(backup, settings.journal(), settings.data()))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("there is a journal in ");
    try (Supervisor supervisor = Supervisor.start(settings);
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      assertThat(admin.get("/v1/services/web").path("version").asLong()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void anEmptyJournalThatASupervisorUsesIsLeftAlone(String kind) throws Exception {
    Path backup = Files.writeString(directory.resolve("backup"), emptyBackup());
    SupervisorSettings settings = journal(kind);
    try (Supervisor _ = Supervisor.start(settings)) {
      assertThatThrownBy(() -> JournalRestore.restore(backup, settings.journal(), settings.data()))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining(" is in use by another ");
    }
    JournalRestore.restore(backup, settings.journal(), settings.data());
  }

  @Test
  void ofABackupThatIsNotWholeNothingIsMade() throws Exception {
    String whole = emptyBackup();
    Path cut = Files.writeString(directory.resolve("cut"), whole.substring(0, whole.length() - 9));
    SupervisorSettings settings = journal("h2");

    assertThatThrownBy(() -> JournalRestore.restore(cut, settings.journal(), settings.data()))
        .isInstanceOf(CannotStart.class)
        .hasMessage(cut + " cannot be restored: it is cut off: its last line is missing");
    assertThat(settings.data()).doesNotExist();
  }

  @Test
  void whatAKilledRestoreHasLeftIsNoHindrance() throws Exception {
    Path backup = Files.writeString(directory.resolve("backup"), emptyBackup());
    SupervisorSettings settings = journal("h2");
    Files.createDirectories(settings.data());
    Path left = Files.writeString(settings.data().resolve("journal.restoring.mv.db"), "half");

    JournalRestore.restore(backup, settings.journal(), settings.data());

    assertThat(left).doesNotExist();
    Supervisor.start(settings).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void aBackupShowsOneMomentWhateverIsChangedMeanwhile(String kind) throws Exception {
    try (Supervisor supervisor = Supervisor.start(journal(kind));
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      InstanceId web = running(admin, agent, WEB, 1);
      for (int round = 0; round < 8; round++) {
        // Old events are deleted meanwhile, too.
        for (int i = 0; i < 100; i++) {
          agent.report(FakeAgent.alive(web, Phase.UNREADY, 1, 20_001));
          agent.report(FakeAgent.alive(web, Phase.READY, 1, 20_001));
        }
        admin.apply("{name: other%d, command: [other], instances: 0}".formatted(round));
        requireWhole(Files.writeString(directory.resolve("backup"), admin.text("/v1/backup")));
      }
    }
  }

  /** Of each id every event from the latest snapshot on, and none that is its effect alone. */
  private static void requireWhole(Path backup) throws Exception {
    Map<String, List<Long>> events = new HashMap<>();
    Map<String, Long> snapshots = new HashMap<>();
    try (BackupReader reader = BackupReader.open(backup)) {
      for (Optional<BackupRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        if (row.get() instanceof BackupRow.Event event) {
          events.computeIfAbsent(event.id(), _ -> new ArrayList<>()).add(event.sequence());
        } else {
          snapshots.put(row.get().id(), row.get().sequence());
        }
      }
    }
    assertThat(events).containsKey("catalog|all");
    events.forEach(
        (id, numbers) -> {
          long first = numbers.getFirst();
          assertThat(numbers)
              .as(id)
              .isEqualTo(Stream.iterate(first, n -> n + 1).limit(numbers.size()).toList());
          assertThat(first).as(id).isLessThanOrEqualTo(snapshots.getOrDefault(id, 0L) + 1);
          assertThat(snapshots.getOrDefault(id, 0L)).isLessThanOrEqualTo(numbers.getLast());
        });
  }

  @Test
  void whileTheJournalIsAwayNoBackupIsMade() throws Exception {
    TestPostgres database = TestPostgres.database();
    try (Wire wire = Wire.to(TestPostgres.address());
        Supervisor supervisor = Supervisor.start(settings(database.settings(wire.address())));
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      wire.cut();
      var answer = admin.send("GET", "/v1/backup", "");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("No backup was made: the journal in ");

      wire.mend();
      admin.await("/v1/cluster", all -> all.path("journalState").asText().equals("ok"));
      assertThat(admin.send("GET", "/v1/backup", "").statusCode()).isEqualTo(200);
    }
  }

  private String emptyBackup() throws Exception {
    try (Supervisor supervisor = Supervisor.start(journal("h2"));
        AdminClient admin = new AdminClient(supervisor.httpAddress())) {
      return admin.text("/v1/backup");
    }
  }

  private static InstanceId running(AdminClient admin, FakeAgent agent, String spec, long pid)
      throws Exception {
    admin.apply(spec);
    InstanceId instance = agent.awaitLaunch();
    agent.report(alive(instance, pid));
    admin.await(
        "/v1/services/" + instance.service(), all -> all.path("state").asText().equals("ready"));
    return instance;
  }

  private static io.holdfast.core.instance.Report alive(InstanceId instance, long pid) {
    return FakeAgent.alive(instance, Phase.READY, pid, 20_000 + (int) pid);
  }

  private static long pid(AdminClient admin, String service) throws Exception {
    return admin.get("/v1/services/" + service).path("instances").path(0).path("pid").asLong();
  }

  private static boolean shows(JsonNode route, InstanceId instance) {
    return route.size() == 1 && route.path(0).path("instance").asText().equals(instance.toString());
  }

  private static List<String> types(AdminClient admin) throws Exception {
    return admin.get("/v1/events?limit=500").findValuesAsText("type");
  }

  private SupervisorSettings journal(String kind) throws SQLException {
    return settings(
        kind.equals("h2") ? new JournalSettings.Embedded() : TestPostgres.database().settings());
  }

  private SupervisorSettings settings(JournalSettings journal) {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new SupervisorSettings(
        free, free, free, Seeds.NONE, directory.resolve("data" + journals++), journal, Access.OPEN);
  }
}
