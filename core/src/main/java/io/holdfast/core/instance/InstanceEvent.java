package io.holdfast.core.instance;

import java.time.Instant;

/** What can happen to an instance. Any of it may come late or twice. */
public sealed interface InstanceEvent {

  /** Its intent is on disk: an agent that starts later will know of it. */
  record IntentRecorded() implements InstanceEvent {}

  record Launched(long pid) implements InstanceEvent {}

  /** It never ran; {@code why} is the system's reason. */
  record LaunchFailed(String why) implements InstanceEvent {}

  /** A restarted agent has found it alive. */
  record Adopted(long pid, Instant startedAt) implements InstanceEvent {}

  record ProbePassed(ProbeKind kind) implements InstanceEvent {}

  record ProbeMissed(ProbeKind kind, String detail) implements InstanceEvent {}

  /**
   * It may be ended for what its liveness probe says, if that still says so.
   *
   * @param why only now; blank when it was not held back
   */
  record KillGranted(String why) implements InstanceEvent {}

  /** Somebody wants it to end; {@code cause} is REQUESTED or SHUTDOWN. */
  record StopRequested(ExitCause cause) implements InstanceEvent {}

  record DeadlinePassed(Deadline deadline, int generation) implements InstanceEvent {}

  /**
   * The process is gone.
   *
   * @param at when; before now when nobody was there to see it
   */
  record ProcessExited(ExitStatus status, Instant at) implements InstanceEvent {}
}
