package io.holdfast.benchmarks;

import io.holdfast.agent.host.InstanceStore;
import io.holdfast.agent.log.LogLimits;
import io.holdfast.agent.log.LogOrder;
import io.holdfast.agent.log.LogStreams;
import io.holdfast.core.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A service that prints as fast as it can while its log is rotated: first with every part kept and
 * a reader that follows, to count each line twice over; then within the usual limits, to see how
 * much room it takes at most.
 */
final class LogFlood {

  private static final ServiceName FLOOD = new ServiceName("flood");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final LogLimits ALL_KEPT = new LogLimits(LogLimits.DEFAULT.fileBytes(), 1_000_000);

  private final House house;
  private final long lines;
  private final int batch;
  private final Path report;
  private final LogStreams streams;

  private LogFlood(House house, long lines, int batch) throws IOException {
    this.house = house;
    this.lines = lines;
    this.batch = batch;
    this.report = Files.createTempDirectory("holdfast-flood").resolve("report");
    this.streams = new LogStreams(InstanceStore.open(house.agentData()));
  }

  /** Arguments: how many lines (10,000,000), how many of them in one write (80). */
  public static void main(String[] arguments) throws Exception {
    long lines = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 80;
    try (House house = House.open(ALL_KEPT)) {
      new LogFlood(house, lines, batch).countLines();
    }
    try (House house = House.open()) {
      new LogFlood(house, lines, batch).watchRoom();
    }
    System.exit(0);
  }

  private void countLines() throws Exception {
    begin();
    await(() -> Files.exists(output()));
    LineCount followed = new LineCount();
    streams.open(new LogOrder(1, FLOOD, 0, false, 0, true), followed);
    await(() -> Files.exists(report));
    await(() -> followed.last() == lines);
    IO.println("all kept, writer:   " + written());
    IO.println("all kept, followed: " + followed.line());
    streams.cancelAll();
    await(this::isRotated);
    IO.println("all kept, rotations: " + parts().size());
    IO.println("all kept, on disk:  " + onDisk().line());
  }

  private void watchRoom() throws Exception {
    begin();
    long most = 0;
    while (!Files.exists(report)) {
      most = Math.max(most, room());
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    IO.println("usual limits, writer:  " + written());
    IO.println(
        String.format(Locale.ROOT, "usual limits, most room taken: %.1f MiB", most / 1048576.0));
    await(this::isRotated);
    IO.println(
        String.format(Locale.ROOT, "usual limits, room at last: %.1f MiB", room() / 1048576.0));
    IO.println("usual limits, on disk: " + onDisk().line());
  }

  private void begin() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            FloodWriter.class.getName(),
            Long.toString(lines),
            Integer.toString(batch),
            report.toString());
    house.apply(
        "kind: service\nname: flood\nrestart: {type: temporary}\ncommand:\n"
            + String.join("", command.stream().map(word -> "  - \"" + word + "\"\n").toList()));
  }

  private String written() throws IOException {
    List<String> figures = Files.readAllLines(report);
    double seconds = Duration.parse(figures.get(0)).toNanos() / 1e9;
    return String.format(
        Locale.ROOT,
        "%.1f MB/s, longest write %.1f ms",
        lines * FloodWriter.LINE_BYTES / 1e6 / seconds,
        Duration.parse(figures.get(1)).toNanos() / 1e6);
  }

  private LineCount onDisk() throws InterruptedException {
    LineCount count = new LineCount();
    streams.open(new LogOrder(2, FLOOD, 0, false, 0, false), count);
    count.awaitEnd();
    return count;
  }

  private Path directory() {
    return house.agentData().resolve("instances").resolve("flood.0.1");
  }

  private Path output() {
    return directory().resolve("output");
  }

  /** True when what has not been moved fits into one file. */
  private boolean isRotated() throws IOException {
    long moved =
        parts().stream()
            .map(part -> part.substring(part.lastIndexOf('-') + 1))
            .mapToLong(Long::parseLong)
            .max()
            .orElse(0);
    return Files.size(output()) - moved <= LogLimits.DEFAULT.fileBytes();
  }

  private List<String> parts() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("output\\.\\d+-\\d+"))
          .toList();
    }
  }

  /** What the instance's directory takes of the disk. */
  private long room() throws IOException {
    Process du = new ProcessBuilder("du", "-s", "-B1", directory().toString()).start();
    try (var answer = du.inputReader()) {
      String line = answer.readLine();
      return line == null ? 0 : Long.parseLong(line.split("\\s", 2)[0]);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    while (!condition.holds()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
