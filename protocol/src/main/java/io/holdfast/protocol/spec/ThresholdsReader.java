package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Thresholds;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads how badly requests may end. */
final class ThresholdsReader {

  private static final double SOME_RATE = 1;
  private static final Duration SOME_TIME = Duration.ofSeconds(1);

  private ThresholdsReader() {}

  static Optional<Thresholds> read(Section section) {
    return section.build(
        Optional.empty(),
        () ->
            Optional.of(
                new Thresholds(
                    errorRate(section),
                    p99(section),
                    section.duration("window", Thresholds.USUAL_WINDOW),
                    section.whole("minRequests", Thresholds.USUAL_REQUESTS),
                    section.choice("then", Thresholds.Response.ISOLATE))));
  }

  private static OptionalDouble errorRate(Section section) {
    return written(
            section,
            "errorRate",
            section.value("errorRate", "expected a number", Scalars::number),
            SOME_RATE)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static Optional<Duration> p99(Section section) {
    return written(
        section,
        "p99",
        section.value(
            "p99", DurationText.EXPECTED, node -> Scalars.text(node).flatMap(DurationText::parse)),
        SOME_TIME);
  }

  /** A limit that is wrong has been told; that there is none would be untrue as well. */
  private static <T> Optional<T> written(
      Section section, String key, Optional<T> read, T inItsPlace) {
    return section.has(key) ? read.or(() -> Optional.of(inItsPlace)) : read;
  }
}
