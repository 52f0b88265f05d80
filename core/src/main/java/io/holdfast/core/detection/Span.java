package io.holdfast.core.detection;

import java.time.Duration;
import java.time.Instant;

/** From the first to the last moment at which something was seen. */
record Span(Instant first, Instant last) {

  /** Nothing was seen. */
  static final Span NONE = new Span(Instant.MAX, Instant.MIN);

  static Span at(Instant moment) {
    return new Span(moment, moment);
  }

  Span plus(Span other) {
    return new Span(
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }

  Duration length() {
    return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
  }
}
