package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What may befall the supervisors and their journal, on hosts of their own, under a steady load. In
 * each case no request fails, nothing that works is restarted, and all that was acknowledged is
 * there once they are whole again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChaosTest {

  private static final Duration A_MINUTE = Duration.ofSeconds(60);
  private static final Duration A_WHILE = Duration.ofSeconds(20);
  private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(5);
  private static final double NANOS_PER_SECOND = 1e9;

  private Site site;
  private boolean opened;

  @RegisterExtension
  final AfterTestExecutionCallback evidence =
      context -> context.getExecutionException().ifPresent(_ -> site.keepLogs());

  interface Trouble {
    void happen() throws Exception;
  }

  @BeforeAll
  void open() throws Exception {
    site = Site.open(Site.HOSTS);
    opened = true;
  }

  @AfterAll
  void close() throws Exception {
    if (opened) {
      site.close();
    }
  }

  @Test
  void theOldestSupervisorIsKilled() throws Exception {
    int oldest = site.cluster().oldest();
    bear(
        "oldest-killed",
        () -> {
          site.cluster().kill(oldest);
          awaitDecision(site.cluster().besides(oldest), "oldest-killed-meanwhile");
          site.cluster().restart(oldest);
        });
  }

  @Test
  void theOldestSupervisorIsCutOffFromTheOthers() throws Exception {
    int oldest = site.cluster().oldest();
    bear(
        "oldest-cut-off",
        () -> {
          site.cutOff(oldest);
          int other = site.cluster().besides(oldest);
          Waiting.until("two go on", () -> site.cluster().members(other) == Site.HOSTS - 1);
          awaitDecision(other, "oldest-cut-off-meanwhile");
          assertThat(site.cluster().apply(oldest, sleeper("minority"))).isFalse();
          Waiting.pass(A_WHILE);
          site.heal();
        });
    assertThat(site.services()).allSatisfy(names -> assertThat(names).doesNotContain("minority"));
  }

  @Test
  void aSupervisorStartsWhileItIsCutOff() throws Exception {
    int oldest = site.cluster().oldest();
    bear(
        "started-cut-off",
        () -> {
          site.cluster().kill(oldest);
          site.cutOff(oldest);
          site.cluster().restart(oldest);
          awaitDecision(site.cluster().besides(oldest), "started-cut-off-meanwhile");
          Waiting.pass(A_MINUTE);
          site.heal();
        });
  }

  @Test
  void allSupervisorsStandStillForAMinute() throws Exception {
    SortedMap<String, Integer> solo = site.instances("solo");
    bear(
        "all-stopped",
        () -> {
          signalAll("STOP");
          Waiting.pass(A_MINUTE);
          solo.values()
              .forEach(pid -> assertThat(ProcessHandle.of(pid)).as("the exclusive one").isEmpty());
          signalAll("CONT");
        });
    site.awaitReady("solo");
    assertThat(site.instances("solo")).doesNotContainKeys(solo.firstKey());
  }

  @Test
  void theDatabaseIsAwayForAMinute() throws Exception {
    SortedMap<String, Integer> solo = site.instances("solo");
    bear(
        "database-away",
        () -> {
          site.database().stop();
          Waiting.pass(A_MINUTE);
          assertThat(site.cluster().refusal(1, sleeper("refused"))).contains("Nothing was changed");
          site.database().start();
        });
    assertThat(site.instances("solo")).isEqualTo(solo);
    assertThat(site.services()).allSatisfy(names -> assertThat(names).doesNotContain("refused"));
  }

  @Test
  void allSupervisorsAreKilledAndStartedAtOnce() throws Exception {
    bear(
        "all-killed",
        () -> {
          for (int i = 0; i < Site.HOSTS; i++) {
            site.cluster().kill(i);
          }
          for (int i = 0; i < Site.HOSTS; i++) {
            site.cluster().restart(i);
          }
        });
    // On a slow machine this takes longer than its lease allows, and then it has ended itself.
    site.awaitReady("solo");
    assertThat(site.instances("solo")).hasSize(1);
  }

  @Test
  void theSupervisorsAreRestartedOneAfterTheOther() throws Exception {
    SortedMap<String, Integer> solo = site.instances("solo");
    bear("rolling-restart", () -> replaceEach(RoleProcess.ROOT, "rolling-restart"));
    assertThat(site.instances("solo")).isEqualTo(solo);
  }

  @Test
  void theReleaseBeforeIsReplacedOneSupervisorAfterTheOther() throws Exception {
    String before = System.getProperty("chaos.before", "");
    assumeThat(before).as("-Dchaos.before=PATH names no build of the release before").isNotEmpty();
    SortedMap<String, Integer> solo = site.instances("solo");
    bear("downgrade", () -> replaceEach(Path.of(before), "downgrade"));
    bear("upgrade", () -> replaceEach(RoleProcess.ROOT, "upgrade"));
    assertThat(site.instances("solo")).isEqualTo(solo);
  }

  /** A change is carried out at every stage. */
  private void replaceEach(Path root, String name) throws Exception {
    for (int i = 0; i < Site.HOSTS; i++) {
      site.cluster().replace(i, root);
      awaitDecision(site.cluster().besides(i), name + "-without-" + i);
      site.cluster().awaitWhole();
      awaitDecision(i, name + "-with-" + i);
    }
  }

  private void bear(String name, Trouble trouble) throws Exception {
    SortedMap<String, Integer> web = site.instances("web");
    awaitDecision(0, name + "-before");
    Process load = site.startLoad();
    Waiting.pass(BEFORE_AND_AFTER);
    long begun = System.nanoTime();
    trouble.happen();
    site.cluster().awaitWhole();
    double whole = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    awaitDecision(0, name + "-after");
    double decided = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    Waiting.pass(BEFORE_AND_AFTER);
    load.toHandle().destroy();
    Answers answers = Answers.of(load);
    System.out.println(answers.line(name));
    System.out.printf(Locale.ROOT, "  whole after %.1f s, decides after %.1f s%n", whole, decided);
    assertThat(answers.failuresByStatus())
        .as("failed requests by status, in seconds %s", answers.failedIn())
        .isEmpty();
    assertThat(site.instances("web")).as("the instances").hasSize(6).isEqualTo(web);
    List<String> taken = List.of(name + "-before", name + "-after");
    // Not answered in time where an actor is just on its way to another supervisor.
    Waiting.until(
        "each supervisor tells of all that was taken",
        () -> site.services().stream().allMatch(names -> names.containsAll(taken)));
  }

  /** A change is taken, and what it asks for runs. */
  private void awaitDecision(int supervisor, String service) throws Exception {
    Waiting.until("a change is taken", () -> site.cluster().apply(supervisor, sleeper(service)));
    Waiting.until(
        "it is carried out",
        () ->
            site.cluster()
                .get(supervisor, "/v1/services/" + service)
                .path("state")
                .asText()
                .equals("ready"));
  }

  private static String sleeper(String name) {
    return "{name: " + name + ", command: [sleep, \"100000\"]}";
  }

  private void signalAll(String signal) throws Exception {
    for (int i = 0; i < Site.HOSTS; i++) {
      site.cluster().signal(i, signal);
    }
  }
}
