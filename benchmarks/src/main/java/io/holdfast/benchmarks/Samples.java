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
    List<Duration> sorted = sorted();
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

  /** One line: count, median, p99 and maximum in seconds; and the p99 beside what it should be. */
  String against(Duration aim) {
    return all.isEmpty()
        ? inSeconds() + ": nothing shows that the aim is met"
        : inSeconds() + verdict(aim);
  }

  /** One line: count, median, p99 and maximum in seconds. */
  String inSeconds() {
    if (all.isEmpty()) {
      return String.format(Locale.ROOT, "%-44s n=0", name);
    }
    List<Duration> sorted = sorted();
    return String.format(
        Locale.ROOT,
        "%-44s n=%d median=%.2f p99=%.2f max=%.2f s",
        name,
        sorted.size(),
        seconds(quantile(sorted, 0.5)),
        seconds(quantile(sorted, 0.99)),
        seconds(sorted.getLast()));
  }

  private String verdict(Duration aim) {
    boolean met = quantile(sorted(), 0.99).compareTo(aim) <= 0;
    long beyond = all.stream().filter(sample -> sample.compareTo(aim) > 0).count();
    return String.format(
        Locale.ROOT,
        "; aim: p99 within %.1f s: %s, %d of %d beyond it",
        seconds(aim),
        met ? "met" : "NOT MET",
        beyond,
        all.size());
  }

  private List<Duration> sorted() {
    List<Duration> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return sorted;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Duration quantile(List<Duration> sorted, double q) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(q * sorted.size()) - 1));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
