package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.core.instance.Deadline;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The deadlines of one instance, at most one of each kind. */
final class Timers {

  private final AgentLoop loop;
  private final Map<Deadline, AgentLoop.Timer> running = new EnumMap<>(Deadline.class);

  Timers(AgentLoop loop) {
    this.loop = loop;
  }

  void start(Deadline deadline, Duration after, Runnable passed) {
    Optional.ofNullable(running.put(deadline, loop.after(after, passed)))
        .ifPresent(AgentLoop.Timer::cancel);
  }

  void cancelAll() {
    running.values().forEach(AgentLoop.Timer::cancel);
    running.clear();
  }
}
