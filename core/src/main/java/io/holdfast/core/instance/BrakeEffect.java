package io.holdfast.core.instance;

import io.holdfast.core.InstanceId;
import java.time.Duration;

/** What an agent is to do for its {@link LivenessBrake}. */
public sealed interface BrakeEffect {

  /**
   * End it.
   *
   * @param why its end comes only now; blank when it was not held back
   */
  record GrantKill(InstanceId instance, String why) implements BrakeEffect {}

  /** Tell people that it is let live for now. */
  record TellHeld(InstanceId instance, String why) implements BrakeEffect {}

  /** Tell the brake when so much time has passed; replaces what was asked before. */
  record WakeAfter(Duration time) implements BrakeEffect {}
}
