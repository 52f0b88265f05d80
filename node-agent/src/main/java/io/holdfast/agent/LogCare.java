package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.agent.log.LogRotation;
import java.time.Duration;

/** Tells the rotation which logs there are; the first time before anything new is launched. */
final class LogCare {

  /** As rare as a look at a log that does not grow. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final AgentLoop loop;
  private final Roster roster;
  private final LogRotation rotation;

  LogCare(AgentLoop loop, Roster roster, LogRotation rotation) {
    this.loop = loop;
    this.roster = roster;
    this.rotation = rotation;
  }

  void start() {
    rotation.watch(roster.logs());
    loop.after(EVERY, this::start);
  }

  void close() {
    rotation.close();
  }
}
