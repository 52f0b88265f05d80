package io.holdfast.protocol.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong; the same problem told twice is one. */
final class Problems {

  /** A text that is wrong in more places has one cause, which shows among the first. */
  static final int MOST = 1_000;

  private final Set<SpecProblem> found = new LinkedHashSet<>();

  void add(int line, String path, String detail) {
    if (found.size() < MOST) {
      found.add(new SpecProblem(line, path, detail));
    }
  }

  void add(SpecProblem problem) {
    add(problem.line(), problem.path(), problem.detail());
  }

  boolean none() {
    return found.isEmpty();
  }

  List<SpecProblem> byLine() {
    List<SpecProblem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(SpecProblem::line));
    return sorted;
  }
}
