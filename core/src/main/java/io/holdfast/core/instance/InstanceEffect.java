package io.holdfast.core.instance;

import java.time.Duration;

/** What the agent is to do for an instance, in the order given. */
public sealed interface InstanceEffect {

  record Launch() implements InstanceEffect {}

  /** Look again for the process of an earlier agent. */
  record LookAgain() implements InstanceEffect {}

  /** Write down that it is to end, so that a restarted agent goes on with it. */
  record RecordStop(StopOrder order) implements InstanceEffect {}

  /** Send a signal, named without SIG, to the service's process. */
  record Signal(String name) implements InstanceEffect {}

  /** KILL the process and everything of its session. */
  record KillAll() implements InstanceEffect {}

  record StartTimer(Deadline deadline, int generation, Duration after) implements InstanceEffect {}

  record StartProbe(ProbeKind kind) implements InstanceEffect {}

  /** Ask whether it may be ended for what its liveness probe says. */
  record AskToKill() implements InstanceEffect {}

  record StopProbes() implements InstanceEffect {}

  /** Write the phase down and tell the supervisor. */
  record ReportPhase(Phase phase) implements InstanceEffect {}

  /** Tell the supervisor what the probe says that is waited for. */
  record ReportProbe() implements InstanceEffect {}

  /** Tell the supervisor of the end, write it down, release what the instance held. */
  record Finish(Exit exit) implements InstanceEffect {}
}
