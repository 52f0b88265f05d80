package io.holdfast.core.routing;

/** Whether an endpoint may be picked. What is dead is not in a view at all. */
public enum EndpointState {
  OK,
  /** Used only when nothing better is left. */
  SUSPECT,
  /** Finishes what it has; takes no new requests. */
  DRAINING
}
