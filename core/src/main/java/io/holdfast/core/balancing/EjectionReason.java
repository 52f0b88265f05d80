package io.holdfast.core.balancing;

/** Why a balancer takes an endpoint out; the most certain first. */
public enum EjectionReason {
  /** It refused too many connections in a row. */
  CONNECT,
  /** More of its requests fail than may. */
  FAILURE_RATE,
  /** More of its requests fail than with its siblings. */
  SUCCESS_RATE,
  /** It answers much later than its siblings. */
  LATENCY;

  /** Whether it holds without a sibling to compare with. */
  boolean isAbsolute() {
    return switch (this) {
      case CONNECT, FAILURE_RATE -> true;
      case SUCCESS_RATE, LATENCY -> false;
    };
  }
}
