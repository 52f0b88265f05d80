package io.holdfast.agent.process;

/** What came of a launch. */
public sealed interface LaunchOutcome {

  /** It runs. */
  record Running(ServiceProcess process) implements LaunchOutcome {}

  /** It ran, and ended before anyone could take hold of it. */
  record Ended(long pid, Death death) implements LaunchOutcome {}

  /** It never ran; {@code why} is the system's reason. */
  record Failed(String why) implements LaunchOutcome {}
}
