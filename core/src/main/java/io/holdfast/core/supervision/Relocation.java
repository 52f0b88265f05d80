package io.holdfast.core.supervision;

import java.time.Instant;
import java.util.Optional;

/** One slot's instance goes to another node, the new one well before the old one leaves. */
public sealed interface Relocation {

  /** Why an instance has to go. */
  enum Purpose {
    /** Its node is being drained. */
    DRAIN,
    /** Its node has more instances of the service than another one. */
    BALANCE
  }

  Purpose purpose();

  record UnderWay(Purpose purpose, Rollout.Surge turn) implements Relocation {}

  /** The next one of the purpose waits until then. */
  record Resting(Purpose purpose, Instant until) implements Relocation {}

  /** The new instance, before it has taken the slot. */
  default Optional<Tenant> incoming() {
    return surge().flatMap(Rollout.Surge::incoming);
  }

  default Optional<Rollout.Surge> surge() {
    return this instanceof UnderWay(_, var turn) ? Optional.of(turn) : Optional.empty();
  }
}
