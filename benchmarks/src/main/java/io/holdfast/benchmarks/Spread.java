package io.holdfast.benchmarks;

import java.util.List;
import java.util.Locale;

/** Figures of several rounds. */
record Spread(List<Double> sorted) {

  static Spread of(List<Double> figures) {
    return new Spread(figures.stream().sorted().toList());
  }

  double median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The median, and from where to where they go if there are several. */
  String text(int digits) {
    String form = "%." + digits + "f";
    String middle = String.format(Locale.ROOT, form, median());
    return sorted.size() == 1
        ? middle
        : String.format(
            Locale.ROOT,
            "%s (" + form + "-" + form + ")",
            middle,
            sorted.getFirst(),
            sorted.getLast());
  }
}
