package io.holdfast.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Durations of one kind, told as quantiles. */
final class Samples {

  private final String name;
  private final List<Duration> all = new ArrayList<>();

  Samples(String name) {
    this.name = name;
  }

  void add(Duration sample) {
    all.add(sample);
  }

  int count() {
    return all.size();
  }

  /** One line: count, minimum, median, p90, p99 and maximum in milliseconds. */
  String line() {
    List<Duration> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%-24s n=%d min=%.2f median=%.2f p90=%.2f p99=%.2f max=%.2f ms",
        name,
        sorted.size(),
        millis(sorted.getFirst()),
        millis(quantile(sorted, 0.5)),
        millis(quantile(sorted, 0.9)),
        millis(quantile(sorted, 0.99)),
        millis(sorted.getLast()));
  }

  private static Duration quantile(List<Duration> sorted, double q) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(q * sorted.size()) - 1));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
