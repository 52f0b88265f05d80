package io.holdfast.agent.host;

import io.holdfast.core.HostUsage;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/** What the kernel says of this host. */
public final class Machine {

  private static final long KIBIBYTE = 1024;
  private static final int MOST_BYTES = 8192;

  /** The clock of Java has no fixed origin. */
  private static final long BEGUN = System.nanoTime();

  private Machine() {}

  public static int cpus() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** All of its memory; 0 when the kernel does not say. */
  public static long memoryBytes() {
    return memory("MemTotal:");
  }

  private static long memory(String what) {
    return read(Path.of("/proc/meminfo"))
        .flatMap(text -> text.lines().filter(line -> line.startsWith(what)).findFirst())
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .orElse(0L);
  }

  /**
   * Counts on while the machine sleeps, to the hundredth of a second. Where the kernel does not
   * tell it, what Java counts by; no guard of an exclusive service reads that.
   */
  public static Duration sinceBoot() {
    return read(Path.of("/proc/uptime"))
        .map(text -> new BigDecimal(text.substring(0, text.indexOf(' '))))
        .map(seconds -> Duration.ofMillis(seconds.movePointRight(3).longValue()))
        .orElseGet(() -> Duration.ofNanos(System.nanoTime() - BEGUN));
  }

  /** Ports that may be taken at any moment by any outgoing connection. */
  public static IntPredicate ephemeralPorts() {
    return read(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
        .map(text -> text.strip().split("\\s+"))
        .map(ends -> between(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])))
        .orElse(_ -> false);
  }

  /**
   * How this host is doing.
   *
   * @param data on the file system whose room matters
   */
  public static HostUsage usage(Path data) {
    return new HostUsage(
        read(Path.of("/proc/pressure/cpu")).map(Machine::pressure).orElse(OptionalDouble.empty()),
        read(Path.of("/proc/loadavg"))
            .map(text -> Double.parseDouble(text.substring(0, text.indexOf(' '))))
            .orElse(0.0),
        memory("MemAvailable:"),
        data.toFile().getUsableSpace());
  }

  /** From a line like {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=0}. */
  static OptionalDouble pressure(String text) {
    return Arrays.stream(text.split("\\s+", -1))
        .filter(word -> word.startsWith("avg10="))
        .mapToDouble(word -> Double.parseDouble(word.substring("avg10=".length())))
        .findFirst();
  }

  private static IntPredicate between(int first, int last) {
    return port -> port >= first && port <= last;
  }

  private static Optional<String> read(Path file) {
    // In one piece: the kernel gives some of these files to the first read only.
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Not every kernel shows every file; callers have an answer for that.
      return Optional.empty();
    }
  }
}
