package io.holdfast.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files on the file system of the temporary directory, which must have holes. */
final class RotatedLogTest {

  private static final LogLimits SMALL = new LogLimits(4096, 3);
  private static final LogLimits ROOMY = new LogLimits(4096, 10_000);

  @TempDir Path directory;
  private Path output;
  private long now;

  @BeforeEach
  void make() {
    output = directory.resolve("output");
  }

  @Test
  void aShortLogIsLeftAsItIs() throws Exception {
    Printer.print(output, 1, 10);

    rotate(new RotatedLog(output, SMALL, () -> {}));

    assertThat(names()).containsExactly("output");
    assertThat(text()).isEqualTo(Printer.lines(1, 10));
  }

  @Test
  void aLongLogIsCutAtEndsOfLinesAndStillIsOneText() throws Exception {
    Printer.print(output, 1, 1_000);

    rotate(new RotatedLog(output, ROOMY, () -> {}));

    assertThat(text()).isEqualTo(Printer.lines(1, 1_000));
    List<LogPiece> pieces = LogPieces.of(output).pieces();
    assertThat(pieces).hasSizeGreaterThan(8);
    for (LogPiece piece : pieces) {
      assertThat(piece.bytes()).isEqualTo(Files.size(piece.file())).isBetween(3_900L, 4_096L);
      assertThat(Files.readString(piece.file())).startsWith("" + firstNumber(piece)).endsWith("\n");
    }
  }

  @Test
  void theRoomOfWhatIsMovedIsGivenBackAndItsPlaceKept() throws Exception {
    Printer.print(output, 1, 20_000);
    long before = allocated(output);

    rotate(new RotatedLog(output, ROOMY, () -> {}));

    assertThat(Files.size(output)).isEqualTo(Printer.lines(1, 20_000).length());
    assertThat(before).isGreaterThan(800_000);
    assertThat(allocated(output)).isLessThanOrEqualTo(16_384);
  }

  @Test
  void onlySoMuchIsKeptAndTheNewestOfIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      Printer.print(output, round * 100 + 1, round * 100 + 100);
      rotate(new RotatedLog(output, SMALL, () -> {}));
    }

    String kept = text();
    assertThat(Printer.lines(1, 1_000)).endsWith(kept);
    assertThat(kept.length()).isBetween(2 * 3_900, 3 * 4_096);
    assertThat(kept).startsWith(kept.lines().findFirst().orElseThrow());
  }

  @Test
  void whatWasPrintedWhileNobodyLookedIsCutDownToTheNewest() throws Exception {
    Printer.print(output, 1, 100_000);

    rotate(new RotatedLog(output, SMALL, () -> {}));

    String kept = text();
    assertThat(Printer.lines(1, 100_000)).endsWith(kept);
    assertThat(kept.length()).isBetween(2 * 3_900, 3 * 4_096);
    assertThat(kept).matches("(?s)\\d+ of the lines.*");
    assertThat(allocated(output)).isLessThanOrEqualTo(16_384);
  }

  @Test
  void aLineLongerThanAFileIsCutWhereItIs() throws Exception {
    Files.writeString(output, "x".repeat(10_000) + "\nend\n");

    rotate(new RotatedLog(output, ROOMY, () -> {}));

    assertThat(text()).isEqualTo("x".repeat(10_000) + "\nend\n");
    assertThat(names()).contains("output.0-4096", "output.4096-8192");
  }

  @Test
  void othersThanTheGroupDoNotReadIt() throws Exception {
    Printer.print(output, 1, 1_000);

    rotate(new RotatedLog(output, ROOMY, () -> {}));

    for (LogPiece piece : LogPieces.of(output).pieces()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(piece.file())))
          .startsWith("rw-")
          .endsWith("---")
          .doesNotContain("x");
    }
  }

  @Test
  void anAgentKilledWhileItCopiedLeavesNothingToBeReadTwice() throws Exception {
    Printer.print(output, 1, 1_000);
    Files.writeString(directory.resolve("output.moving"), "half a cop");
    assertThat(text()).isEqualTo(Printer.lines(1, 1_000));

    rotate(new RotatedLog(output, ROOMY, () -> {}));

    assertThat(text()).isEqualTo(Printer.lines(1, 1_000));
    assertThat(names()).doesNotContain("output.moving");
  }

  @Test
  void anAgentKilledBetweenCopyAndCutLeavesNothingToBeReadTwice() throws Exception {
    Printer.print(output, 1, 1_000);
    String first = Printer.lines(1, 50);
    Files.writeString(directory.resolve("output.0-" + first.length()), first);
    assertThat(text()).isEqualTo(Printer.lines(1, 1_000));

    rotate(new RotatedLog(output, ROOMY, () -> {}));

    assertThat(text()).isEqualTo(Printer.lines(1, 1_000));
    assertThat(readAt(output, 0, 100)).isEqualTo("\0".repeat(100));
  }

  @Test
  void anAgentKilledBeforeItDeletedTheOldestDeletesItLater() throws Exception {
    Printer.print(output, 1, 300);
    rotate(new RotatedLog(output, ROOMY, () -> {}));

    rotate(new RotatedLog(output, SMALL, () -> {}));

    assertThat(LogPieces.of(output).pieces()).hasSize(2);
    assertThat(Printer.lines(1, 300)).endsWith(text());
  }

  @Test
  void theTailForAnIncidentIsWholeRightAfterARotation() throws Exception {
    Printer.print(output, 1, 1_000);
    List<String> before = LogTail.of(output);

    rotate(new RotatedLog(output, SMALL, () -> {}));
    cutAllOfIt();

    assertThat(LogTail.of(output)).isEqualTo(before).hasSize(20);
  }

  @Test
  void lastLinesAreCountedAcrossParts() throws Exception {
    Printer.print(output, 1, 1_000);
    rotate(new RotatedLog(output, ROOMY, () -> {}));

    for (int tail : List.of(1, 7, 90, 300, 999, 1_000)) {
      assertThat(text(tail)).isEqualTo(Printer.lines(1_001 - tail, 1_000));
    }
    assertThat(text(2_000)).isEqualTo(Printer.lines(1, 1_000));
  }

  @Test
  void moreLinesThanAreKeptAreAllThatAreKept() throws Exception {
    Printer.print(output, 1, 100_000);
    rotate(new RotatedLog(output, SMALL, () -> {}));

    assertThat(text(50_000)).isEqualTo(text());
  }

  @Test
  void aReaderThatFallsBehindIsToldWhatItMissed() throws Exception {
    Printer.print(output, 1, 100);
    try (LogFile log = LogFile.open(output, 0, true)) {
      int read = log.next().length;
      Printer.print(output, 101, 100_000);
      rotate(new RotatedLog(output, SMALL, () -> {}));

      long missed = LogPieces.of(output).pieces().getFirst().from() - read;
      assertThat(new String(log.next(), StandardCharsets.UTF_8))
          .startsWith("[holdfast: " + missed + " bytes that stood here are not kept any more]\n");
    }
  }

  @Test
  void aLogThatDoesNotGrowIsSeldomLookedAtAndAFloodOften() throws Exception {
    RotatedLog log = new RotatedLog(output, ROOMY, () -> {});
    assertThat(log.check(Duration.ofSeconds(1).toNanos())).isEqualTo(RotatedLog.IDLE);
    Files.writeString(output, "quiet\n");
    log.check(Duration.ofSeconds(2).toNanos());
    assertThat(log.check(Duration.ofSeconds(3).toNanos())).isEqualTo(RotatedLog.IDLE);

    Files.writeString(output, "x".repeat(4_000), StandardOpenOption.APPEND);

    assertThat(log.check(Duration.ofMillis(3_100).toNanos())).isLessThan(Duration.ofMillis(60));
  }

  /** As if the last rotation had come just after the last line. */
  private void cutAllOfIt() throws IOException {
    long start = LogPieces.of(output).start();
    long end = Files.size(output);
    Files.writeString(
        LogPiece.of(output, start, end).file(), readAt(output, start, (int) (end - start)));
    new LogMover(output).resume(LogPieces.of(output));
    assertThat(readAt(output, start, 10)).isEqualTo("\0".repeat(10));
  }

  private void rotate(RotatedLog log) {
    while (log.check(now += 1_000_000_000).isZero()) {
      // There is more to be done.
    }
  }

  private String text() throws IOException {
    return text(0);
  }

  private String text(int tail) throws IOException {
    StringBuilder text = new StringBuilder();
    try (LogFile log = LogFile.open(output, tail, false)) {
      for (byte[] next = log.next(); next.length > 0; next = log.next()) {
        text.append(new String(next, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private static String readAt(Path file, long position, int length) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      channel.position(position).read(buffer);
      return new String(buffer.array(), StandardCharsets.UTF_8);
    }
  }

  private static String firstNumber(LogPiece piece) {
    return String.valueOf(
        Printer.lines(1, 1_000).substring(0, (int) piece.from()).lines().count() + 1);
  }

  private static long allocated(Path file) throws Exception {
    Process du =
        new ProcessBuilder("du", "-B1", file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return Long.parseLong(du.inputReader().readLine().split("\\s", 2)[0]);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
    }
  }
}
