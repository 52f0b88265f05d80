package io.holdfast.agent.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a later agent finds of a launch, by whichever way both of them handle processes. */
@ParameterizedClass
@EnumSource(Way.class)
final class SightingTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

  private final Way way;
  @TempDir Path record;
  private Processes processes;

  SightingTest(Way way) throws IOException {
    this.way = way;
    processes = way.start();
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
    try (Processes successor = way.start()) {
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
  void afterANewStartOfTheMachineNoRecordedPidIsBelieved() throws Exception {
    running("sleep", "600");

    assertThat(processes.look(record, "another-boot", false)).isInstanceOf(Sighting.Dead.class);
  }

  @Test
  void aRecordWithoutAnythingWasNeverLaunched() {
    assertThat(processes.look(record, Processes.bootId(), false))
        .isEqualTo(new Sighting.NeverLaunched());
  }

  @Test
  void anEndWithoutRecordAndWithoutShimIsUnknown() throws Exception {
    statusOf(launch("true"));
    Files.delete(record.resolve("exit"));
    // Who cannot see the shim waits for it.
    boolean lastLook = way == Way.PORTABLE_BLIND;

    assertThat(processes.look(record, Processes.bootId(), lastLook))
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
