package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Thresholds;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads how badly requests may end. */
final class ThresholdsReader {

  private ThresholdsReader() {}

  static Optional<Thresholds> read(Section section) {
    return section.build(
        Optional.empty(),
        () ->
            Optional.of(
                new Thresholds(
                    section
                        .value("errorRate", "expected a number", Scalars::number)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                    section.value(
                        "p99",
                        DurationText.EXPECTED,
                        node -> Scalars.text(node).flatMap(DurationText::parse)),
                    section.duration("window", Thresholds.USUAL_WINDOW),
                    section.whole("minRequests", Thresholds.USUAL_REQUESTS),
                    section.choice("then", Thresholds.Response.ISOLATE))));
  }
}
