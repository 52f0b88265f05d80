package io.holdfast.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.InstanceStore;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that print while their logs are rotated, on the file systems that are to be had. */
final class LogRotationTest {

  /** Some 85 MiB. */
  private static final long LINES = 2_000_000;

  private static final LogLimits ROOMY = new LogLimits(512 * 1024, 10_000);

  @TempDir Path directory;

  @Test
  void noLineIsLostOrDoubledWhileAProcessPrintsThroughManyRotations() throws Exception {
    Path output = directory.resolve("output");
    try (LogRotation rotation = LogRotation.start(ROOMY);
        Printer printer = Printer.start(output, 1, LINES)) {
      rotation.watch(List.of(output));
      printer.await();
      await("it is rotated", () -> live(output) <= ROOMY.fileBytes());
    }

    assertThat(LogPieces.of(output).pieces()).hasSizeGreaterThan(100);
    assertThat(counted(output).upTo()).isEqualTo(LINES);
  }

  @Test
  void whoFollowsALogSeesEachLineOnceAcrossRotations() throws Exception {
    InstanceStore store = InstanceStore.open(directory);
    InstanceDirectory launch = store.create(new InstanceId(new ServiceName("web"), 0, 1));
    Counted counted = new Counted();
    LogStreams streams = new LogStreams(store);
    try (LogRotation rotation = LogRotation.start(ROOMY)) {
      Printer.print(launch.output(), 1, 1);
      rotation.watch(List.of(launch.output()));
      streams.open(new LogOrder(1, new ServiceName("web"), 0, false, 0, true), counted);
      long batch = LINES / 10;
      for (long first = 2; first <= LINES; first += batch) {
        Printer.print(launch.output(), first, first + batch - 1);
        await("it is rotated", () -> live(launch.output()) <= ROOMY.fileBytes());
      }
      await("all is read", () -> counted.upTo() == LINES + 1);
      streams.cancelAll();
    }
    assertThat(LogPieces.of(launch.output()).pieces()).hasSizeGreaterThan(100);
  }

  @Test
  void whatAnEndedRotationHasLeftUndoneTheNextOneDoes() throws Exception {
    Path output = directory.resolve("output");
    try (Printer printer = Printer.start(output, 1, LINES)) {
      while (printer.isPrinting()) {
        try (LogRotation rotation = LogRotation.start(ROOMY)) {
          rotation.watch(List.of(output));
        }
      }
    }
    try (LogRotation rotation = LogRotation.start(ROOMY)) {
      rotation.watch(List.of(output));
      await("it is rotated", () -> live(output) <= ROOMY.fileBytes());
    }

    assertThat(counted(output).upTo()).isEqualTo(LINES);
  }

  @Test
  void whatNobodyWritesToAnyMoreIsBroughtWithinItsLimitsOnceMore() throws Exception {
    Path output = directory.resolve("output");
    try (LogRotation rotation = LogRotation.start(ROOMY)) {
      rotation.watch(List.of(output));
      Printer.print(output, 1, LINES);
      rotation.watch(List.of());

      await("it is rotated", () -> live(output) <= ROOMY.fileBytes());
    }
  }

  @Test
  void aFullDiskLosesNothingThatIsWithinTheLimitsAndIsToldOnce() throws Exception {
    assumeTrue(Mount.obstacle().isEmpty(), Mount.obstacle());
    LogLimits limits = new LogLimits(512 * 1024, 4);
    try (Mount _ = Mount.of("tmpfs", "size=4m", directory);
        Said said = Said.listen();
        LogRotation rotation = LogRotation.start(limits)) {
      Path output = directory.resolve("output");
      Path ballast = directory.resolve("ballast");
      // Room for the log of the moment, not for a copy of a part of it.
      Files.write(ballast, new byte[2 * 1024 * 1024]);
      Printer.print(output, 1, 30_000);
      rotation.watch(List.of(output));
      await("it is told", () -> !said.lines().isEmpty());
      Printer.print(output, 30_001, 32_000);
      await("room is asked for again", () -> !said.lines().isEmpty());
      assertThat(text(output).equals(Printer.lines(1, 32_000))).isTrue();
      assertThat(said.lines())
          .containsExactly(
              "The log "
                  + output
                  + " cannot be rotated and stays in one file for now: the disk is full");

      Files.delete(ballast);

      await("it is rotated", () -> live(output) <= limits.fileBytes());
      assertThat(text(output).equals(Printer.lines(1, 32_000))).isTrue();
      await("it is told", () -> said.lines().size() == 2);
      assertThat(said.lines()).endsWith("The log " + output + " is rotated again");
    }
  }

  @Test
  void onAFullDiskTheLogStillStaysWithinItsLimits() throws Exception {
    assumeTrue(Mount.obstacle().isEmpty(), Mount.obstacle());
    LogLimits limits = new LogLimits(1024 * 1024, 2);
    try (Mount _ = Mount.of("tmpfs", "size=4m", directory);
        LogRotation rotation = LogRotation.start(limits)) {
      Path output = directory.resolve("output");
      Files.write(directory.resolve("ballast"), new byte[1024 * 1024]);
      Printer.print(output, 1, 60_000);
      assertThat(Files.size(output)).isGreaterThan(2 * 1024 * 1024L);

      rotation.watch(List.of(output));

      await("it is short", () -> live(output) <= 2 * limits.fileBytes());
      assertThat(Printer.lines(1, 60_000)).endsWith(text(output));
    }
  }

  @Test
  void aFileSystemWithoutHolesKeepsAllAndSaysSoOnce() throws Exception {
    assumeTrue(Mount.obstacle().isEmpty(), Mount.obstacle());
    LogLimits limits = new LogLimits(64 * 1024, 2);
    try (Mount _ = Mount.of("ramfs", "mode=0700", directory);
        Said said = Said.listen();
        LogRotation rotation = LogRotation.start(limits)) {
      Path first = directory.resolve("first");
      Path second = directory.resolve("second");
      Printer.print(first, 1, 5_000);
      Printer.print(second, 1, 5_000);
      Path third = directory.resolve("third");
      Printer.print(third, 1, 100_000);

      rotation.watch(List.of(first, second, third));

      await("the longest is emptied", () -> Files.size(third) == 0);
      assertThat(text(first)).isEqualTo(Printer.lines(1, 5_000));
      assertThat(text(second)).isEqualTo(Printer.lines(1, 5_000));
      Printer.print(third, 7, 9);
      assertThat(text(third)).isEqualTo(Printer.lines(7, 9));
      assertThat(said.lines().stream().filter(line -> line.startsWith("Logs cannot be rotated")))
          .hasSize(1);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(String what, Condition condition) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it never came true that " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static long live(Path output) throws IOException {
    return Files.size(output) - LogPieces.of(output).start();
  }

  private static String text(Path output) throws IOException {
    StringBuilder text = new StringBuilder();
    try (LogFile log = LogFile.open(output, 0, false)) {
      for (byte[] next = log.next(); next.length > 0; next = log.next()) {
        text.append(new String(next, StandardCharsets.US_ASCII));
      }
    }
    return text.toString();
  }

  private static Counted counted(Path output) throws IOException {
    Counted counted = new Counted();
    try (LogFile log = LogFile.open(output, 0, false)) {
      for (byte[] next = log.next(); next.length > 0; next = log.next()) {
        counted.send(next);
      }
    }
    return counted;
  }

  /** Knows up to which line all have come, each of them once and in order. */
  private static final class Counted implements LogSink {

    private final AtomicLong last = new AtomicLong();
    private final AtomicReference<String> wrong = new AtomicReference<>("");
    private String rest = "";

    @Override
    public boolean send(byte[] data) {
      String text = rest + new String(data, StandardCharsets.US_ASCII);
      int end = text.lastIndexOf('\n') + 1;
      rest = text.substring(end);
      text.substring(0, end).lines().forEach(this::line);
      return true;
    }

    private void line(String line) {
      long number = last.incrementAndGet();
      if (!line.equals(number + " of the lines that none must be missing of")) {
        wrong.compareAndSet("", "in place of line " + number + " came " + line);
      }
    }

    long upTo() {
      assertThat(wrong).hasValue("");
      return last.get();
    }

    @Override
    public void end(String error) {
      throw new AssertionError("it ended: " + error);
    }
  }
}
