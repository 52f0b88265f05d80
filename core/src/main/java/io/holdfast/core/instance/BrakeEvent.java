package io.holdfast.core.instance;

import io.holdfast.core.InstanceId;
import java.time.Duration;

/** What a {@link LivenessBrake} is told. Any of it may come late or twice. */
public sealed interface BrakeEvent {

  record LivenessPassed(InstanceId instance) implements BrakeEvent {}

  record LivenessMissed(InstanceId instance) implements BrakeEvent {}

  /**
   * Its liveness probe has condemned it.
   *
   * @param recovery how long what takes its place may need to be ready
   */
  record KillAsked(InstanceId instance, Duration recovery) implements BrakeEvent {}

  record Readied(InstanceId instance) implements BrakeEvent {}

  record Gone(InstanceId instance) implements BrakeEvent {}

  record TimePassed() implements BrakeEvent {}
}
