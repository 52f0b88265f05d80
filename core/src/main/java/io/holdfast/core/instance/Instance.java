package io.holdfast.core.instance;

import io.holdfast.core.Decision;
import java.time.Instant;
import java.util.Optional;

/**
 * The life of one launched process on its agent.
 *
 * <p>Assigned, Launching, Starting, Serving (ready or unready), Stopping, Exited; an agent that has
 * restarted begins with Adopting. A state and an event that mean nothing together change nothing.
 */
public final class Instance {

  private Instance() {}

  /** An instance that the supervisor has just asked for. */
  public static InstanceState assigned(Terms terms) {
    return new InstanceState.Assigned(terms);
  }

  /**
   * An instance that an earlier agent launched.
   *
   * @param lastSeen the phase that agent last reported
   * @param stop present when it was being stopped
   */
  public static Decision<InstanceState, InstanceEffect> adopt(
      Terms terms, Phase lastSeen, Optional<StopOrder> stop) {
    return Adoption.begin(terms, lastSeen, stop);
  }

  /** What {@code event} makes of an instance in {@code state}. */
  public static Decision<InstanceState, InstanceEffect> decide(
      InstanceState state, InstanceEvent event, Instant now) {
    return switch (state) {
      case InstanceState.Assigned assigned -> Beginning.assigned(assigned, event, now);
      case InstanceState.Launching launching -> Beginning.launching(launching, event, now);
      case InstanceState.Starting starting -> Beginning.starting(starting, event);
      case InstanceState.Serving serving -> Probing.serving(serving, event);
      case InstanceState.Stopping stopping -> Ending.stopping(stopping, event, now);
      case InstanceState.Adopting adopting -> Adoption.adopting(adopting, event, now);
      case InstanceState.Exited exited -> Decision.to(exited);
    };
  }
}
