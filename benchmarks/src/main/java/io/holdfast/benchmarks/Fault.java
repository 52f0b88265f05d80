package io.holdfast.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is done to one of four backends, one after the other, and what undoes it. */
enum Fault {
  /** Whoever runs it starts it again. */
  KILLED(0, "KILL", Optional.empty(), 5, 5, 10),
  STOPPED(1, "STOP", Optional.of("CONT"), 10, 15, 18),
  ERRORS(2, "USR1", Optional.of("HUP"), 18, 26, 30),
  SLOW(3, "USR2", Optional.of("HUP"), 30, 38, 42);

  /** The load in which all of them happen. */
  static final Duration ALL = Duration.ofSeconds(42);

  private final int victim;
  private final String signal;
  private final Optional<String> undone;
  private final Duration at;
  private final Duration ends;
  private final Duration until;

  Fault(int victim, String signal, Optional<String> undone, int at, int ends, int until) {
    this.victim = victim;
    this.signal = signal;
    this.undone = undone;
    this.at = Duration.ofSeconds(at);
    this.ends = Duration.ofSeconds(ends);
    this.until = Duration.ofSeconds(until);
  }

  /** Which of the four. */
  int victim() {
    return victim;
  }

  /** Since the start of the load. */
  Duration at() {
    return at;
  }

  Duration ends() {
    return ends;
  }

  /** When what its end brings about is over too. */
  Duration until() {
    return until;
  }

  void begin(long pid) throws IOException, InterruptedException {
    send(signal, pid);
  }

  void end(long pid) throws IOException, InterruptedException {
    if (undone.isPresent()) {
      send(undone.get(), pid);
    }
  }

  private static void send(String signal, long pid) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    if (code != 0) {
      throw new IOException("the backend " + pid + " is gone");
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
