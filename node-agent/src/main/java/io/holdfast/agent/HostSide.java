package io.holdfast.agent;

import io.holdfast.core.instance.BrakeEvent;
import io.holdfast.core.instance.Exit;
import java.util.OptionalLong;

/** The host, as one of its instances sees it. All calls come on the agent's loop. */
interface HostSide {

  /** It has come to another phase. */
  void progressed(HostedInstance instance);

  /** Its liveness probe has said something, or it asks to be ended for what that says. */
  void liveness(BrakeEvent event);

  /**
   * It has ended, and that is not reported yet. What takes its place at once is prepared, and not
   * launched before {@link #ended}.
   *
   * @return the epoch that takes its place
   */
  OptionalLong successor(HostedInstance dead, Exit exit);

  /** Its end has been reported. */
  void ended(HostedInstance dead);
}
