package io.holdfast.agent.process;

import static io.holdfast.agent.process.HeldLaunch.await;
import static io.holdfast.agent.process.HeldLaunch.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.process.HeldLaunch.Holder;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service asks for as its share of the host is all that it gets. */
final class LimitsTest {

  private static final List<String> GREEDY = List.of("tail", "/dev/zero");
  private static final Resources LITTLE_MEMORY =
      new Resources(OptionalLong.of(16L << 20), OptionalInt.empty(), OptionalInt.empty());
  private static final ExitStatus OUT_OF_MEMORY = new ExitStatus.Signal("KILL", true);

  @TempDir Path record;
  @TempDir Path signs;

  @Test
  void whoUsesTooMuchMemoryIsToldFromWhoIsKilled() throws Exception {
    try (HeldLaunch held = HeldLaunch.by(Holder.VERSION_1, record).limited()) {
      assertThat(statusOf(held.launch(GREEDY, LITTLE_MEMORY))).isEqualTo(OUT_OF_MEMORY);
    }
  }

  @Test
  void whoIsKilledWithMemoryToSpareIsNotSaidToHaveUsedTooMuch() throws Exception {
    try (HeldLaunch held = HeldLaunch.by(Holder.VERSION_1, record).limited()) {
      LaunchOutcome outcome = held.launch(List.of("sh", "-c", "kill -9 $$"), LITTLE_MEMORY);

      assertThat(statusOf(outcome)).isEqualTo(new ExitStatus.Signal("KILL", false));
    }
  }

  @Test
  void aShellWhoseChildUsesTooMuchMemorySaysSo() throws Exception {
    try (HeldLaunch held = HeldLaunch.by(Holder.VERSION_1, record).limited()) {
      List<String> command = List.of("sh", "-c", "tail /dev/zero; exit $?");

      assertThat(statusOf(held.launch(command, LITTLE_MEMORY))).isEqualTo(OUT_OF_MEMORY);
    }
  }

  @Test
  void whoRanOutOfMemoryWithoutAnAgentIsKnownByTheNextOne() throws Exception {
    try (HeldLaunch held = HeldLaunch.by(Holder.VERSION_1, record).limited()) {
      Path go = signs.resolve("go");
      String script = "until [ -e " + go + " ]; do sleep 0.01; done; exec tail /dev/zero";
      held.launch(List.of("sh", "-c", script), LITTLE_MEMORY);
      held.release();
      Files.createFile(go);
      await(
          "how it has ended is written", () -> !Files.readString(record.resolve("exit")).isBlank());

      assertThat(held.takeOver().look(record, Processes.bootId(), true))
          .isInstanceOfSatisfying(
              Sighting.Dead.class,
              dead -> assertThat(dead.death().status()).isEqualTo(OUT_OF_MEMORY));
    }
  }

  @Test
  void moreProcessesThanAllowedCannotBeForked() throws Exception {
    try (HeldLaunch held = HeldLaunch.by(Holder.VERSION_1, record).limited()) {
      Resources five = new Resources(OptionalLong.empty(), OptionalInt.empty(), OptionalInt.of(5));

      held.launch(List.of("sh", "-c", "for i in 1 2 3 4 5 6 7 8; do sleep 300 & done"), five);

      await("it is refused", () -> Files.readString(record.resolve("output")).contains("fork"));
      assertThat(held.marked()).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void whoMayHaveHalfAProcessorIsHeldBackByTheKernel() throws Exception {
    try (HeldLaunch held = HeldLaunch.by(Holder.VERSION_1, record).limited()) {
      Resources half =
          new Resources(OptionalLong.empty(), OptionalInt.of(500), OptionalInt.empty());

      held.launch(List.of("sh", "-c", "while :; do :; done"), half);

      Path group = group("cpu.stat");
      await("it is throttled", () -> !Files.readString(group).contains("nr_throttled 0\n"));
    }
  }

  private Path group(String file) throws Exception {
    return Files.readAllLines(record.resolve("cgroup")).stream()
        .map(path -> Path.of(path, file))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
