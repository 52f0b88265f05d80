package io.holdfast.protocol.spec;

import io.holdfast.core.spec.RetryOn;
import java.util.Arrays;
import java.util.Optional;

/** What a retry may follow, as users write it. */
final class RetryWords {

  static final String EXPECTED = "expected one of connect, reset, timeout, 5xx";

  private RetryWords() {}

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
