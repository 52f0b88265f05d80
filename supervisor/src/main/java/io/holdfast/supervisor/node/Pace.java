package io.holdfast.supervisor.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How often the agents of one supervisor node beat: half as often once they are many. */
public final class Pace {

  static final int MANY = 2_000;
  private static final Duration USUAL = Duration.ofMillis(500);
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final AtomicInteger agents = new AtomicInteger();

  void begins() {
    agents.incrementAndGet();
  }

  void ends() {
    agents.decrementAndGet();
  }

  Duration interval() {
    return agents.get() > MANY ? SLOW : USUAL;
  }
}
