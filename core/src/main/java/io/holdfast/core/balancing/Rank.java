package io.holdfast.core.balancing;

import io.holdfast.core.routing.EndpointState;

/** How willingly an endpoint is picked. What is dead is not in a view at all. */
public enum Rank {
  WELL,
  /** Only when nothing that is well is left. */
  SUSPECT,
  /** Only when nothing else is left: it took no connection the last times. */
  UNREACHABLE,
  /** Finishes what it has. */
  DRAINING;

  /**
   * By the view and by what this balancer has seen itself.
   *
   * @param isShort whether what is well cannot bear the load alone
   */
  public static Rank of(EndpointState state, Standing standing, boolean isShort) {
    return switch (state) {
      case DRAINING -> DRAINING;
      case SUSPECT -> isShort ? WELL : SUSPECT;
      case OK ->
          switch (standing) {
            case Standing.Trusted _, Standing.Returned _ -> WELL;
            case Standing.Ejected(EjectionReason reason, _, _) -> out(reason, isShort);
            case Standing.OnTrial(EjectionReason reason, _, _) -> out(reason, isShort);
          };
    };
  }

  private static Rank out(EjectionReason reason, boolean isShort) {
    if (reason == EjectionReason.CONNECT) {
      return UNREACHABLE;
    }
    return isShort ? WELL : SUSPECT;
  }
}
