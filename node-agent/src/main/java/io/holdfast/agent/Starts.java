package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import java.time.Duration;

/** Lets instances start, in turn where there are many. Lives on the loop. */
final class Starts {

  /** Whoever takes longer is waiting for something, and keeps nobody else from a CPU. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final StartGate gate;
  private final Roster roster;
  private final AgentLoop loop;

  Starts(StartGate gate, Roster roster, AgentLoop loop) {
    this.gate = gate;
    this.roster = roster;
    this.loop = loop;
  }

  void enter(HostedInstance instance) {
    // It may have been stopped before it came here.
    if (instance.phase() != Phase.EXITED && gate.enter(instance.id(), instance.isRestart())) {
      start(instance);
    }
  }

  /** It is ready, or gone; told again this changes nothing. */
  void settled(InstanceId id) {
    gate.leave(id).forEach(next -> roster.hosted(next).ifPresent(this::start));
  }

  private void start(HostedInstance instance) {
    instance.launch();
    loop.after(LONGEST, () -> settled(instance.id()));
  }
}
