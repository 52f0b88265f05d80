package io.holdfast.agent.probe;

/** A check could not be made, by no fault of the service: it tells nothing of it. */
final class NotMade extends Exception {

  private static final long serialVersionUID = 1L;

  NotMade(String detail, Throwable why) {
    super(detail, why);
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
