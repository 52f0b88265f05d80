package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.RetryOn;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What a retry may follow and when one is made ahead, as users write it. */
final class RetryWords {

  static final String EXPECTED = "expected one of connect, reset, timeout, 5xx";

  static final String HEDGE_EXPECTED = "expected off, auto or a duration";
  static final String OFF = "off";

  private RetryWords() {}

  static Optional<Hedging> hedge(SpecNode node) {
    return Scalars.text(node)
        .flatMap(
            text ->
                switch (text) {
                  // YAML reads a plain off as false.
                  case OFF, "false" -> Optional.of(new Hedging.Off());
                  case RoutingReader.AUTO -> Optional.of(new Hedging.Learned());
                  default -> DurationText.parse(text).map(Hedging.After::new);
                });
  }

  static String word(Hedging hedge) {
    return switch (hedge) {
      case Hedging.Off() -> OFF;
      case Hedging.Learned() -> RoutingReader.AUTO;
      case Hedging.After(Duration delay) -> DurationText.write(delay);
    };
  }

  static Optional<RetryOn> read(SpecNode node) {
    return Scalars.text(node)
        .flatMap(
            text -> Arrays.stream(RetryOn.values()).filter(on -> word(on).equals(text)).findAny());
  }

  static String word(RetryOn on) {
    return switch (on) {
      case CONNECT -> "connect";
      case RESET -> "reset";
      case TIMEOUT -> "timeout";
      case ERROR_RESPONSE -> "5xx";
    };
  }
}
