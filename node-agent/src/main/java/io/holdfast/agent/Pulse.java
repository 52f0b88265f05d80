package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.agent.probe.PauseWatch;
import java.time.Duration;

/** Ticks on the agent's loop, to know when the agent itself is late. */
final class Pulse {

  private static final Duration EVERY = Duration.ofMillis(100);

  private final AgentLoop loop;
  private final PauseWatch pauses;
  private long due;
  private Duration lag = Duration.ZERO;

  Pulse(AgentLoop loop, PauseWatch pauses) {
    this.loop = loop;
    this.pauses = pauses;
  }

  void start() {
    due = System.nanoTime() + EVERY.toNanos();
    loop.after(EVERY, this::tick);
  }

  /** How late the latest tick was. */
  Duration lag() {
    return lag;
  }

  private void tick() {
    long now = System.nanoTime();
    lag = Duration.ofNanos(Math.max(0, now - due));
    pauses.tick(now);
    start();
  }
}
