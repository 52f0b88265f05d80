package io.holdfast.agent.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");
  private static final ExitStatus KILLED = new ExitStatus.Signal("KILL", false);

  @TempDir Path record;
  @TempDir Path elsewhere;
  private final Processes processes;

  GuardTest() throws IOException {
    processes = Processes.start(Clock.systemUTC());
  }

  @AfterEach
  void endEverything() throws Exception {
    if (processes.look(record, Processes.bootId(), true)
        instanceof Sighting.Alive(ServiceProcess left)) {
      left.signal("KILL");
      left.gone().toCompletableFuture().get(10, SECONDS);
    }
    processes.close();
  }

  @Test
  void aServiceWhoseLeaseRunsOutIsKilled() throws Exception {
    acknowledge(Sessions.ticks());

    assertThat(statusOf(launched("trap '' TERM; exec sleep 600", 30))).isEqualTo(KILLED);
  }

  @Test
  void aServiceWhoseLeaseRunsOutIsAskedFirst() throws Exception {
    acknowledge(Sessions.ticks());

    ServiceProcess service =
        launched("trap 'exit 7' TERM; while :; do sleep 0.01; done", 6_000, 5_800);

    assertThat(statusOf(service)).isEqualTo(new ExitStatus.Code(7));
  }

  @Test
  void aMomentThatIsStillToComeIsNotBelieved() throws Exception {
    acknowledge(Sessions.ticks() + 360_000);

    assertThat(statusOf(launched("exec sleep 600", 6_000))).isEqualTo(KILLED);
  }

  @Test
  void nonsenseIsNoLease() throws Exception {
    Files.writeString(acknowledged(), "soon\n");

    assertThat(statusOf(launched("exec sleep 600", 6_000))).isEqualTo(KILLED);
  }

  @Test
  void noMomentIsNoLease() throws Exception {
    assertThat(statusOf(launched("exec sleep 600", 6_000))).isEqualTo(KILLED);
  }

  @Test
  void aLeaseThatHasRunOutIsNotRenewed() throws Exception {
    long sent = Sessions.ticks();
    acknowledge(sent);
    ServiceProcess service = launched("exec sleep 600", 200);
    ProcStat guard = guard();
    signal("STOP", guard.pid());
    await("the lease has run out", () -> Sessions.ticks() > sent + 200);
    acknowledge(Sessions.ticks());

    signal("CONT", guard.pid());

    assertThat(statusOf(service)).isEqualTo(KILLED);
  }

  @Test
  void deletedTracesDoNotSaveIt() throws Exception {
    acknowledge(Sessions.ticks());
    ServiceProcess service =
        launched("trap 'echo asked >asked' TERM; while :; do sleep 0.01; done", 500, 300);
    // From then on the guard knows the service.
    Lines.first(elsewhere, "asked");
    for (String trace : List.of("pid", "guard", "lock")) {
      Files.delete(record.resolve(trace));
    }

    assertThat(statusOf(service)).isEqualTo(KILLED);
  }

  @Test
  void whoHasLeftItsSessionIsKilledWithItsChildren() throws Exception {
    acknowledge(Sessions.ticks());
    ServiceProcess service =
        launched("exec setsid sh -c 'sleep 600 & echo $! >child; exec sleep 601'", 300);
    long child = Long.parseLong(Lines.first(elsewhere, "child"));

    assertThat(statusOf(service)).isEqualTo(KILLED);
    await("its child is gone", () -> isGone(child));
  }

  @Test
  void whatAServiceLeavesBehindIsKilledWithoutAnAgentToo() throws Exception {
    acknowledge(Sessions.ticks());
    ServiceProcess service = launched("sleep 600 & echo $! >child; exec sleep 601", 6_000);
    long child = Long.parseLong(Lines.first(elsewhere, "child"));
    ProcStat guard = guard();
    processes.close();

    signal("KILL", service.pid());

    await("its child is gone", () -> isGone(child));
    await("its guard is gone", () -> isGone(guard.pid()));
  }

  private ServiceProcess launched(String script, int lease) throws IOException {
    return launched(script, lease, 0);
  }

  private ServiceProcess launched(String script, int lease, int notice) throws IOException {
    // Without one the guard takes it that the launch has been given up.
    Files.createFile(record.resolve("intent"));
    GuardOrder guard =
        new GuardOrder(
            acknowledged(),
            Duration.ofMillis(lease * 10L),
            Duration.ofMillis(notice * 10L),
            "TERM");
    LaunchOutcome outcome =
        processes.launch(
            new LaunchOrder(
                record,
                List.of("sh", "-c", script),
                ENVIRONMENT,
                elsewhere,
                Optional.empty(),
                Optional.of(guard)));
    return switch (outcome) {
      case LaunchOutcome.Running(ServiceProcess process) -> process;
      case LaunchOutcome.Ended ended -> throw new AssertionError(ended);
      case LaunchOutcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  private static ExitStatus statusOf(ServiceProcess process) throws Exception {
    return process.death().toCompletableFuture().get(20, SECONDS).status();
  }

  private ProcStat guard() throws Exception {
    return ProcStat.parse(Lines.first(record, "guard")).orElseThrow();
  }

  private Path acknowledged() {
    return elsewhere.resolve("acknowledged");
  }

  private void acknowledge(long ticks) throws IOException {
    Files.writeString(acknowledged(), ticks + "\n");
  }

  private static boolean isGone(long pid) {
    return ProcStat.read(pid).filter(stat -> stat.state() != 'Z').isEmpty();
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) {
    long end = System.nanoTime() + SECONDS.toNanos(20);
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it never came true that " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}
