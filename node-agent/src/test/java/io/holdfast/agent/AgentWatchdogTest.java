package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.StopPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that say by sd_notify how they are, and an agent that listens. */
final class AgentWatchdogTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** Says what the file "say" holds, and WATCHDOG=1 as long as there is a file "pulse". */
  private static final String SPEAKER =
      """
      use Socket;
      $| = 1;
      socket(my $s, AF_UNIX, SOCK_DGRAM, 0);
      my $to = $ENV{NOTIFY_SOCKET};
      $to =~ s/^@/\\0/;
      sub say_it { my $end = send($s, $_[0], 0, sockaddr_un($to)); }
      print "usec=$ENV{WATCHDOG_USEC} pid=", (defined $ENV{WATCHDOG_PID} ? 1 : 0), "\\n";
      while (1) {
        if (open(my $f, '<', 'SIGNS/say')) {
          my $text = join('', <$f>);
          close $f;
          unlink 'SIGNS/say';
          $text =~ s/SELF/$$/;
          say_it($text);
        }
        say_it('WATCHDOG=1') if -e 'SIGNS/pulse';
        select(undef, undef, undef, 0.02);
      }
      """;

  @TempDir Path data;
  @TempDir Path signs;
  private FakeSupervisor supervisor;
  private Optional<Agent> agent = Optional.empty();

  @BeforeAll
  static void perlIsThere() throws Exception {
    Process perl =
        new ProcessBuilder("sh", "-c", "command -v perl && perl -MSocket -e 1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(perl.waitFor() == 0, "needs perl with its Socket module to speak sd_notify");
  }

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
    agent = Optional.of(started(data, supervisor));
    supervisor.hello();
  }

  @AfterEach
  void endAll() throws Exception {
    end(agent.orElseGet(this::again));
    supervisor.close();
  }

  @Test
  void whoSaysReadyHasStarted() throws Exception {
    supervisor.launch(FIRST, speaker(watch(PATIENT), Optional.empty(), Optional.empty()));
    supervisor.alive(FIRST, Phase.STARTING);

    say("READY=1\nSTATUS=at your service");

    supervisor.alive(FIRST, Phase.READY);
  }

  @Test
  void whoStopsSpeakingIsEndedForIt() throws Exception {
    Files.createFile(signs.resolve("pulse"));
    supervisor.launch(
        FIRST, speaker(watch(PATIENT), Optional.empty(), watch(Duration.ofSeconds(1))));
    say("READY=1");
    supervisor.alive(FIRST, Phase.READY);
    supervisor.followUntil(FIRST, "usec=1000000 pid=0");

    Files.delete(signs.resolve("pulse"));

    Exit exit = supervisor.dead(FIRST);
    assertThat(exit.cause()).isEqualTo(ExitCause.LIVENESS);
    assertThat(exit.probe()).isEqualTo("no watchdog message for 1s");
  }

  @Test
  void whoNeverSpeaksIsEndedToo() throws Exception {
    supervisor.launch(
        FIRST,
        with(
            web("sleep", "600"),
            new Health(
                Optional.empty(),
                Optional.empty(),
                watch(Duration.ofMillis(300)),
                Health.DEFAULT_START_DEADLINE)));

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.cause()).isEqualTo(ExitCause.LIVENESS);
    assertThat(exit.probe()).isEqualTo("no watchdog message for 300ms");
  }

  @Test
  void whoPullsTheTriggerIsEndedAtOnce() throws Exception {
    supervisor.launch(FIRST, speaker(Optional.empty(), Optional.empty(), watch(PATIENT)));
    supervisor.alive(FIRST, Phase.READY);

    say("WATCHDOG=trigger");

    Exit exit = supervisor.dead(FIRST);
    assertThat(exit.cause()).isEqualTo(ExitCause.LIVENESS);
    assertThat(exit.probe()).isEqualTo("it said WATCHDOG=trigger");
  }

  @Test
  void whoIsNeverReadyIsEndedWithItsLastStatus() throws Exception {
    ServiceSpec spec =
        with(
            speaker(watch(Duration.ofMillis(100)), Optional.empty(), Optional.empty()),
            new Health(
                watch(Duration.ofMillis(100)),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2)));
    say("STATUS=loading");
    supervisor.launch(FIRST, spec);

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.cause()).isEqualTo(ExitCause.START_DEADLINE);
    assertThat(exit.probe()).isEqualTo("no READY=1 for 100ms; its status was: loading");
  }

  @Test
  void whoStopsTakesNoTrafficMeanwhile() throws Exception {
    supervisor.launch(FIRST, speaker(Optional.empty(), watch(PATIENT), Optional.empty()));
    supervisor.alive(FIRST, Phase.STARTING);
    say("READY=1");
    supervisor.alive(FIRST, Phase.READY);

    say("STOPPING=1");

    assertThat(supervisor.alive(FIRST, Phase.UNREADY).probe()).isEqualTo("it said STOPPING=1");
  }

  @Test
  void theNextAgentListensWhereTheOneBeforeDid() throws Exception {
    Files.createFile(signs.resolve("pulse"));
    supervisor.launch(
        FIRST, speaker(Optional.empty(), Optional.empty(), watch(Duration.ofSeconds(2))));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();
    agent.orElseThrow().close();
    agent = Optional.of(started(data, supervisor));
    assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
        .singleElement()
        .isInstanceOfSatisfying(
            Report.Alive.class, alive -> assertThat(alive.pid()).isEqualTo(pid));

    say("WATCHDOG=trigger");

    assertThat(supervisor.dead(FIRST).probe()).isEqualTo("it said WATCHDOG=trigger");
  }

  @Test
  void whoWasReadyForOneAgentIsForTheNext() throws Exception {
    supervisor.launch(FIRST, speaker(Optional.empty(), watch(PATIENT), Optional.empty()));
    say("READY=1");
    supervisor.alive(FIRST, Phase.READY);
    agent.orElseThrow().close();
    agent = Optional.of(started(data, supervisor));
    supervisor.hello();

    say("STOPPING=1");

    assertThat(supervisor.alive(FIRST, Phase.UNREADY).probe()).isEqualTo("it said STOPPING=1");
  }

  @Test
  void theToolOfSystemdIsHeardToo() throws Exception {
    assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v systemd-notify")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0,
        "needs systemd-notify");
    ServiceSpec spec =
        with(
            web("sh", "-c", "systemd-notify --ready --status='all well'; exec sleep 600"),
            new Health(
                watch(PATIENT), Optional.empty(), Optional.empty(), Health.DEFAULT_START_DEADLINE));

    supervisor.launch(FIRST, spec);

    supervisor.alive(FIRST, Phase.READY);
  }

  @Test
  void aStrangerIsNotHeard() throws Exception {
    supervisor.launch(FIRST, speaker(Optional.empty(), watch(PATIENT), Optional.empty()));
    supervisor.alive(FIRST, Phase.STARTING);
    Process stranger =
        new ProcessBuilder(
                "perl",
                "-MSocket",
                "-e",
                "socket(my $s, AF_UNIX, SOCK_DGRAM, 0); $| = 1;"
                    + "send($s, \"STOPPING=1\", 0, sockaddr_un($ARGV[0])) or die;"
                    + "print \"sent\\n\"; <STDIN>;",
                data.toRealPath().resolve("instances/web.0.1/notify").toString())
            .start();
    try {
      assertThat(stranger.inputReader().readLine()).isEqualTo("sent");
      // Datagrams are heard in turn, and whoever stops does not become ready.
      say("READY=1");
      supervisor.alive(FIRST, Phase.READY);
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServiceWithADeepDirectoryHasANameInsteadOfAFile(@TempDir Path above) throws Exception {
    Path deep = above;
    while (deep.toString().length() < 120) {
      deep = Files.createDirectory(deep.resolve("a-directory-with-a-long-name"));
    }
    try (FakeSupervisor another = FakeSupervisor.start()) {
      Agent second = started(deep, another);
      try {
        another.launch(FIRST, speaker(watch(PATIENT), Optional.empty(), Optional.empty()));
        another.alive(FIRST, Phase.STARTING);
        say("READY=1");
        another.alive(FIRST, Phase.READY);
      } finally {
        end(second);
      }
    }
  }

  @Test
  void aServiceThatEndsItselfHasEndedItself() throws Exception {
    supervisor.launch(
        FIRST,
        with(
            with(
                web(
                    "perl",
                    "-MSocket",
                    "-e",
                    "socket(my $s, AF_UNIX, SOCK_DGRAM, 0);"
                        + "send($s, \"STOPPING=1\", 0, sockaddr_un($ENV{NOTIFY_SOCKET}));"
                        + "sleep 1; exit 0"),
                new StopPolicy("TERM", PATIENT)),
            new Health(
                Optional.empty(),
                Optional.empty(),
                watch(Duration.ofMillis(300)),
                Health.DEFAULT_START_DEADLINE)));

    assertThat(supervisor.dead(FIRST).status()).isEqualTo(new ExitStatus.Code(0));
  }

  private Agent again() {
    try {
      return started(data, supervisor);
    } catch (Exception e) {
      throw new AssertionError("the agent could not be started to end what runs", e);
    }
  }

  /** In one step, so that nobody reads half of it. */
  private void say(String text) throws IOException {
    Path draft = Files.writeString(signs.resolve("draft"), text);
    Files.move(draft, signs.resolve("say"), StandardCopyOption.ATOMIC_MOVE);
  }

  private ServiceSpec speaker(
      Optional<Probe> startup, Optional<Probe> readiness, Optional<Probe> liveness) {
    return with(
        web("perl", "-e", SPEAKER.replace("SIGNS", signs.toString())),
        new Health(startup, readiness, liveness, Duration.ofSeconds(60)));
  }

  private static Optional<Probe> watch(Duration silence) {
    return Optional.of(new Probe(new ProbeCheck.Watchdog(silence), silence, silence, 1, 1));
  }
}
