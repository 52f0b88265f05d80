package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.exclusive;
import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.StopPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentExclusiveTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final Duration LEASE = Duration.ofSeconds(2);

  /** For what must survive on a machine that is busy with other things. */
  private static final Duration LONGER = Duration.ofSeconds(5);

  private static final StopPolicy PATIENT = new StopPolicy("TERM", Duration.ofSeconds(20));
  private static final StopPolicy SHORT = new StopPolicy("TERM", Duration.ofMillis(100));

  /** Beats come every 50 ms: some time more than the longer lease. */
  private static final int MANY_BEATS = 120;

  /** Leaves a child behind that only its session gives away. */
  private static final String STUBBORN =
      "trap '' TERM; (sh -c 'echo $$ >>output.child; exec sleep 600' &); echo up; exec sleep 600";

  @TempDir Path data;
  private FakeSupervisor supervisor;
  private Optional<Process> separate = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    if (separate.isPresent()) {
      assertThat(separate.get().destroyForcibly().waitFor(20, SECONDS)).isTrue();
    }
    end(started(data, supervisor));
    supervisor.close();
    Eventually.holds("no guard is left behind", () -> guards() == 0);
  }

  @Test
  void whatAKilledAgentLeavesBehindEndsWithItsLeaseAndItsChildToo() throws Exception {
    Process agent = separateAgentWith(STUBBORN, LEASE, PATIENT);
    long pid = pid("pid");
    long child = child();

    assertThat(agent.destroyForcibly().waitFor(20, SECONDS)).isTrue();

    awaitEnd(pid);
    awaitEnd(child);
    awaitTrace("exit");
    assertThat(Files.readString(trace("exit")).strip()).isEqualTo("137");
  }

  @Test
  void aFrozenAgentDoesNotKeepItAliveEither() throws Exception {
    Process agent = separateAgentWith(STUBBORN, LEASE, PATIENT);
    long pid = pid("pid");
    long child = child();

    signal("STOP", agent.pid());

    awaitEnd(pid);
    awaitEnd(child);
  }

  @Test
  void anAgentThatIsCutOffDoesNotKeepItAliveAndSaysSoLater() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      supervisor.launch(FIRST, exclusive(shell(STUBBORN), LEASE));
      supervisor.alive(FIRST, Phase.READY);
      InetSocketAddress address = supervisor.address();
      supervisor.close();

      awaitEnd(pid("pid"));
      awaitTrace("outcome");

      supervisor = FakeSupervisor.startAt(address);
      assertThat(supervisor.hello().getSnapshot().getReportsList())
          .extracting(report -> report.getExit().getCause())
          .containsExactly(io.holdfast.protocol.agent.Exit.Cause.CAUSE_LEASE);
    }
  }

  @Test
  void acknowledgementsKeepItAlive() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      supervisor.launch(FIRST, with(exclusive(web("sleep", "600"), LONGER), SHORT));
      long pid = supervisor.alive(FIRST, Phase.READY).pid();

      for (int i = 0; i < MANY_BEATS; i++) {
        supervisor.beat();
      }

      assertThat(lives(pid)).isTrue();
    }
  }

  @Test
  void anAgentThatComesBackInTimeKeepsItAlive() throws Exception {
    Process first = separateAgentWith("exec sleep 600", LONGER, SHORT);
    long pid = pid("pid");

    assertThat(first.destroyForcibly().waitFor(20, SECONDS)).isTrue();
    try (Agent _ = started(data, supervisor)) {
      for (int i = 0; i < MANY_BEATS; i++) {
        supervisor.beat();
      }

      assertThat(lives(pid)).isTrue();
    }
  }

  @Test
  void itIsAskedToEndBeforeItIsKilled() throws Exception {
    Process agent =
        separateAgentWith(
            "trap 'echo asked; exit 7' TERM; echo up; while :; do sleep 0.01; done",
            LEASE,
            PATIENT);
    supervisor.followUntil(FIRST, "up");
    long pid = pid("pid");

    assertThat(agent.destroyForcibly().waitFor(20, SECONDS)).isTrue();

    awaitEnd(pid);
    awaitTrace("exit");
    assertThat(Files.readString(trace("exit")).strip()).isEqualTo("7");
    assertThat(trace("output")).content().contains("asked");
  }

  @Test
  void aGuardThatIsGoneIsReplaced() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      supervisor.launch(FIRST, with(exclusive(shell(STUBBORN), LONGER), SHORT));
      supervisor.alive(FIRST, Phase.READY);
      long guard = guard();

      signal("KILL", guard);

      Eventually.holds("there is another guard", () -> isAnother(guard) && guards() == 1);
    }
    awaitEnd(pid("pid"));
  }

  @Test
  void anAdoptedInstanceGetsAGuardWhereItHasNone() throws Exception {
    Process first = separateAgentWith("exec sleep 600", LONGER, SHORT);
    long guard = guard();
    assertThat(first.destroyForcibly().waitFor(20, SECONDS)).isTrue();
    signal("KILL", guard);

    try (Agent _ = started(data, supervisor)) {
      Eventually.holds("there is another guard", () -> isAnother(guard) && guards() == 1);
    }
  }

  @Test
  void anAdoptedInstanceKeepsItsGuard() throws Exception {
    Process first = separateAgentWith("exec sleep 600", LONGER, SHORT);
    long guard = guard();
    assertThat(first.destroyForcibly().waitFor(20, SECONDS)).isTrue();

    try (Agent _ = started(data, supervisor)) {
      supervisor.beat();
      supervisor.beat();
      // For a moment its every sleep looks like another one.
      Eventually.holds("there is one guard", () -> guards() == 1);
      assertThat(pid("guard")).isEqualTo(guard);
    }
  }

  @Test
  void aStopEndsTheGuardToo() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      supervisor.launch(FIRST, exclusive(web("sleep", "600"), LONGER));
      supervisor.alive(FIRST, Phase.READY);

      supervisor.stop(FIRST);

      assertThat(supervisor.dead(FIRST).cause()).isEqualTo(ExitCause.REQUESTED);
      Eventually.holds("the guard is gone", () -> guards() == 0);
    }
  }

  @Test
  void theGuardOfWhatCouldNotBeLaunchedIsGoneAsWell() throws Exception {
    Path script = Files.writeString(data.resolve("script"), "#!/no/such/interpreter\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    try (Agent _ = started(data, supervisor)) {
      supervisor.launch(FIRST, exclusive(web(script.toString()), LEASE));

      assertThat(supervisor.dead(FIRST).status()).isInstanceOf(ExitStatus.NotStarted.class);
      Eventually.holds("the guard is gone", () -> guards() == 0);
    }
  }

  @Test
  void withoutAnAcknowledgedHeartbeatNothingExclusiveIsLaunched() throws Exception {
    supervisor.answerBeats(false);
    try (Agent _ = AgentFixture.start(data, supervisor.address())) {
      supervisor.hello();
      supervisor.launch(FIRST, exclusive(web("sleep", "600"), LONGER));

      Exit exit = supervisor.dead(FIRST);

      assertThat(exit.cause()).isEqualTo(ExitCause.LAUNCH);
      assertThat(exit.status())
          .isEqualTo(
              new ExitStatus.NotStarted(
                  "it is exclusive, and no supervisor has heard of its agent for 5s"));
    }
    supervisor.answerBeats(true);
  }

  @Test
  void theNextOneIsLaunchedOnlyWhenNothingOfAForgottenOneIsLeft() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      supervisor.launch(FIRST, with(exclusive(shell(STUBBORN), LONGER), SHORT));
      supervisor.alive(FIRST, Phase.READY);
      ServiceSpec next = with(exclusive(shell(aloneWithout(child())), LONGER), SHORT);
      supervisor.stop(FIRST);
      supervisor.dead(FIRST);

      supervisor.forget(FIRST);
      supervisor.launch(web(0, 2), next);

      assertThat(supervisor.dead(web(0, 2)).log()).endsWith("alone");
    }
  }

  @Test
  void anExclusiveFailureIsLeftToTheSupervisor() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      supervisor.delegate(AgentFixture.budget(5));
      supervisor.launch(FIRST, exclusive(shell("exit 3"), LEASE));

      assertThat(supervisor.end(FIRST).successor()).isEmpty();
    }
  }

  @Test
  void theGuardKeepsNothingOfTheAgentOpen() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      supervisor.launch(FIRST, exclusive(web("sleep", "600"), LONGER));
      supervisor.alive(FIRST, Phase.READY);

      Path open = Path.of("/proc/" + guard() + "/fd");
      Eventually.holds(
          "the guard has only its standard descriptors",
          () -> {
            try (var entries = Files.list(open)) {
              return entries
                  .map(entry -> entry.getFileName().toString())
                  .sorted()
                  .toList()
                  .equals(List.of("0", "1", "2"));
            }
          });
    }
  }

  private Process separateAgentWith(String script, Duration lease, StopPolicy stop)
      throws Exception {
    Process agent = AgentMain.start(data, supervisor.address());
    separate = Optional.of(agent);
    supervisor.hello();
    supervisor.beat();
    supervisor.launch(FIRST, with(exclusive(shell(script), lease), stop));
    supervisor.alive(FIRST, Phase.READY);
    return agent;
  }

  private static String aloneWithout(long pid) {
    return "case $(cut -d' ' -f3 /proc/"
        + pid
        + "/stat) in [ZX]|'') echo alone;; *) echo no;; esac";
  }

  private long child() throws Exception {
    Path note = trace("work").resolve("output.child");
    Eventually.holds("the child runs", () -> Files.exists(note) && Files.size(note) > 1);
    return Long.parseLong(Files.readString(note).strip());
  }

  private boolean isAnother(long guard) throws IOException {
    String note = Files.readString(trace("guard"));
    return note.endsWith("\n") && !note.startsWith(guard + " ");
  }

  private long guard() throws Exception {
    awaitTrace("guard");
    return pid("guard");
  }

  private void awaitTrace(String name) throws Exception {
    Path trace = trace(name);
    Eventually.holds(
        "its " + name + " is written",
        () -> Files.exists(trace) && !Files.readString(trace, ISO_8859_1).isBlank());
  }

  private long pid(String trace) throws Exception {
    return Long.parseLong(Files.readString(trace(trace)).split(" ", 2)[0]);
  }

  private Path trace(String name) {
    return data.resolve("instances").resolve("web.0.1").resolve(name);
  }

  /** Guards of this test's instances. */
  private long guards() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("holdfast-guard"))
        .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
        .count();
  }

  private static void awaitEnd(long pid) throws Exception {
    Eventually.holds("process " + pid + " is gone", () -> !lives(pid));
  }

  private static boolean lives(long pid) throws Exception {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      return !Files.readString(stat).matches("(?s).*\\) [ZX] .*");
    } catch (IOException e) {
      return false;
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}
