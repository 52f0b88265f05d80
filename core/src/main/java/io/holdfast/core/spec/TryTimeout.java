package io.holdfast.core.spec;

import java.time.Duration;

/** How long one try of a request that may be retried goes on before another instance is asked. */
public sealed interface TryTimeout {

  /** By what is usual for the service. */
  record Learned() implements TryTimeout {}

  record Fixed(Duration limit) implements TryTimeout {
    public Fixed {
      Check.positive("tryTimeout", limit);
    }
  }
}
