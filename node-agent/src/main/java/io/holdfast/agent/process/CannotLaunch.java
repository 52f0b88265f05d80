package io.holdfast.agent.process;

/** A launch that cannot succeed; the message is the system's reason. */
final class CannotLaunch extends Exception {

  private static final long serialVersionUID = 1L;

  CannotLaunch(String why) {
    super(why);
  }
}
