package io.holdfast.core.spec;

import java.time.Duration;

/** The checks that the parts of a specification share. */
final class Check {

  static final Duration LONGEST = Duration.ofDays(365);

  private Check() {}

  static void range(String field, long value, long from, long to) {
    if (value < from || value > to) {
      throw new InvalidSpec(field, "expected " + from + " to " + to + got(value));
    }
  }

  /** Nothing of one that is out of all bounds and was, as far as is known here, even more so. */
  private static String got(long value) {
    return value <= Integer.MIN_VALUE || value >= Integer.MAX_VALUE ? "" : ", got " + value;
  }

  static void range(String field, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw new InvalidSpec(field, "expected " + from + " to " + to + ", got " + value);
    }
  }

  /** More than zero and at most a year. */
  static void positive(String field, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new InvalidSpec(field, "expected a duration above 0 and at most 365d");
    }
  }

  /** Zero to a year. */
  static void notNegative(String field, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new InvalidSpec(field, "expected a duration from 0 to 365d");
    }
  }

  static void notBlank(String field, String value) {
    if (value.isBlank() || value.indexOf('\0') >= 0) {
      throw new InvalidSpec(field, "expected text that is not blank");
    }
  }
}
