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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SightingTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

  @TempDir Path record;
  private Processes processes;

  SightingTest() throws IOException {
    processes = Processes.start(Clock.systemUTC());
  }

  @BeforeEach
  void supported() {
    assertThat(Processes.unsupported()).isEmpty();
  }

  @AfterEach
  void endEverything() throws Exception {
    Optional<Sighting> left = Optional.of(processes.look(record, Processes.bootId(), true));
    if (left.get() instanceof Sighting.Alive(ServiceProcess process)) {
      process.signal("KILL");
      process.gone().toCompletableFuture().get(10, SECONDS);
    }
    processes.close();
  }

  @Test
  void aLivingProcessIsFoundAgainAndItsEndIsSeen() throws Exception {
    ServiceProcess before = running("sleep", "600");
    try (Processes successor = Processes.start(Clock.systemUTC())) {
      ServiceProcess after = alive(successor.look(record, Processes.bootId(), false));
      assertThat(after.pid()).isEqualTo(before.pid());

      after.signal("TERM");

      assertThat(statusOf(after)).isEqualTo(new ExitStatus.Signal("TERM", false));
    }
  }

  @Test
  void aProcessThatEndedUnseenHasItsCodeInTheRecord() throws Exception {
    statusOf(launch("sh", "-c", "exit 7"));

    Sighting sighting = processes.look(record, Processes.bootId(), false);

    assertThat(sighting)
        .isInstanceOfSatisfying(
            Sighting.Dead.class,
            dead -> assertThat(dead.death().status()).isEqualTo(new ExitStatus.Code(7)));
  }

  @Test
  void aServiceWhoseAgentEndsDuringItsLaunchIsLaunchedAllTheSame() throws Exception {
    Fds.Pipe word = Fds.pipe();
    int lock = Fds.lock(record.resolve("lock")).orElseThrow();
    Fds.close(word.readEnd());

    int shim =
        new Spawn(
                Shim.SHELL,
                Shim.service(
                    Traces.fresh(record, Optional.empty()),
                    record,
                    List.of("/bin/sh", "-c", "exit 7")),
                ENVIRONMENT,
                record.resolve("output"),
                List.of(word.writeEnd(), lock))
            .start();
    Fds.close(word.writeEnd());
    Fds.close(lock);

    Pidfd ended = Pidfd.find(shim).orElseThrow();
    assertThat(ended.awaitEnd(Duration.ofSeconds(20))).isTrue();
    ended.reap();
    ended.close();
    assertThat(processes.look(record, Processes.bootId(), true))
        .isInstanceOfSatisfying(
            Sighting.Dead.class,
            dead -> assertThat(dead.death().status()).isEqualTo(new ExitStatus.Code(7)));
  }

  @Test
  void afterANewStartOfTheMachineNoRecordedPidIsBelieved() throws Exception {
    running("sleep", "600");

    assertThat(processes.look(record, "another-boot", false)).isInstanceOf(Sighting.Dead.class);
  }

  @Test
  void aReusedPidIsNotTakenForTheProcess() throws Exception {
    statusOf(launch("true"));
    Files.delete(record.resolve("exit"));
    String ended = Files.readString(record.resolve("pid"));
    long self = ProcessHandle.current().pid();
    Files.writeString(record.resolve("pid"), ended.replaceFirst("\\d+", Long.toString(self)));

    assertThat(processes.look(record, Processes.bootId(), false)).isInstanceOf(Sighting.Dead.class);
  }

  @Test
  void aRecordWithoutAnythingWasNeverLaunched() {
    assertThat(processes.look(record, Processes.bootId(), false))
        .isEqualTo(new Sighting.NeverLaunched());
  }

  @Test
  void aLockedRecordWithoutAPidIsUnclear() throws Exception {
    int lock = Fds.lock(record.resolve("lock")).orElseThrow();
    try {
      assertThat(processes.look(record, Processes.bootId(), false))
          .isInstanceOf(Sighting.Unclear.class);
    } finally {
      Fds.close(lock);
    }
  }

  @Test
  void anEndWithoutRecordAndWithoutShimIsUnknown() throws Exception {
    statusOf(launch("true"));
    Files.delete(record.resolve("exit"));

    assertThat(processes.look(record, Processes.bootId(), false))
        .isInstanceOfSatisfying(
            Sighting.Dead.class,
            dead -> assertThat(dead.death().status()).isEqualTo(new ExitStatus.Unknown()));
  }

  private static ServiceProcess alive(Sighting sighting) {
    assertThat(sighting).isInstanceOf(Sighting.Alive.class);
    return ((Sighting.Alive) sighting).process();
  }

  private LaunchOutcome launch(String... command) {
    return launch(List.of(command));
  }

  private LaunchOutcome launch(List<String> command) {
    return processes.launch(
        new LaunchOrder(record, command, ENVIRONMENT, record, Optional.empty()));
  }

  private ServiceProcess running(String... command) {
    return switch (launch(command)) {
      case LaunchOutcome.Running(ServiceProcess process) -> process;
      case LaunchOutcome.Ended ended -> throw new AssertionError(ended);
      case LaunchOutcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  private static ExitStatus statusOf(LaunchOutcome outcome) throws Exception {
    return switch (outcome) {
      case LaunchOutcome.Running(ServiceProcess process) -> statusOf(process);
      case LaunchOutcome.Ended(long _, Death death) -> death.status();
      case LaunchOutcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  /** The status, once the shim has written it down as well. */
  private static ExitStatus statusOf(ServiceProcess process) throws Exception {
    ExitStatus status = process.death().toCompletableFuture().get(10, SECONDS).status();
    process.gone().toCompletableFuture().get(10, SECONDS);
    return status;
  }
}
