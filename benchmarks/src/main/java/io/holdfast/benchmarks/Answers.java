package io.holdfast.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became of each request of a steady load ({@code load.c}). */
record Answers(List<Answer> all, Duration late) {

  /**
   * @param due since the start of the load
   * @param took from then, not from when it was sent
   */
  record Answer(Duration due, Duration took, int status) {
    boolean failed() {
      return status < 200 || status > 299;
    }
  }

  private static final long MICROS = 1_000;
  private static final double MICROS_PER_MILLI = 1_000;

  /** Of a load that goes on to its end, or until it is told to end. */
  static Answers of(Process load) throws IOException {
    List<Answer> answers = new ArrayList<>();
    Duration late = Duration.ZERO;
    try (BufferedReader lines = load.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 3) {
          answers.add(new Answer(micros(words[0]), micros(words[1]), Integer.parseInt(words[2])));
        } else {
          late = micros(words[1]);
        }
      }
    }
    return new Answers(answers, late);
  }

  long failures() {
    return all.stream().filter(Answer::failed).count();
  }

  /** How many of each; 0 is what was refused, cut, or not answered within two seconds. */
  Map<Integer, Long> failuresByStatus() {
    return all.stream()
        .filter(Answer::failed)
        .collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
  }

  /** The seconds of the load in which requests that failed were due. */
  SortedSet<Long> failedIn() {
    return all.stream()
        .filter(Answer::failed)
        .map(answer -> answer.due().toSeconds())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Milliseconds within which this share of them came. */
  double millis(double quantile) {
    return quantile(sorted(), quantile);
  }

  boolean anyFailed() {
    return all.stream().anyMatch(Answer::failed);
  }

  private static Duration micros(String text) {
    return Duration.ofNanos(Long.parseLong(text) * MICROS);
  }

  Answers between(Duration from, Duration until) {
    return new Answers(
        all.stream()
            .filter(a -> a.due().compareTo(from) >= 0 && a.due().compareTo(until) < 0)
            .toList(),
        late);
  }

  /**
   * One line: how many, how many of them failed, and quantiles in milliseconds; and of those that
   * failed which answers they got when.
   */
  String line(String name) {
    long[] took = sorted();
    String line = summary(name, took);
    return failures() == 0
        ? line
        : line + "; failed by status " + failuresByStatus() + " in seconds " + failedIn();
  }

  private String summary(String name, long[] took) {
    return String.format(
        Locale.ROOT,
        "%-28s n=%d failed=%d over300=%d p50=%.1f p99=%.1f p99.9=%.1f max=%.1f ms (late %.0f)",
        name,
        took.length,
        failures(),
        Arrays.stream(took).filter(t -> t > 300 * MICROS_PER_MILLI).count(),
        quantile(took, 0.5),
        quantile(took, 0.99),
        quantile(took, 0.999),
        took[took.length - 1] / MICROS_PER_MILLI,
        late.toNanos() / 1e6);
  }

  private long[] sorted() {
    return all.stream().mapToLong(a -> a.took().toNanos() / MICROS).sorted().toArray();
  }

  private static double quantile(long[] sorted, double q) {
    return sorted[(int) Math.max(0, Math.ceil(q * sorted.length) - 1)] / MICROS_PER_MILLI;
  }
}
