package io.holdfast.protocol.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Nearest {

  private static final int FARTHEST = 3;

  private Nearest() {}

  /** The known word within a few slips of {@code word}, the nearest one; empty when none is. */
  static Optional<String> to(String word, Collection<String> known) {
    String meant = word.toLowerCase(Locale.ROOT);
    int allowed = Math.min(FARTHEST, Math.max(1, word.length() / 3));
    return known.stream()
        .filter(candidate -> distance(meant, candidate.toLowerCase(Locale.ROOT)) <= allowed)
        .min(Comparator.comparingInt(one -> distance(meant, one.toLowerCase(Locale.ROOT))));
  }

  /** Insertions, deletions and replacements that turn one into the other. */
  private static int distance(String from, String to) {
    if (Math.abs(from.length() - to.length()) > FARTHEST) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
