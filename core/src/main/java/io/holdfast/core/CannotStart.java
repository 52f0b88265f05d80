package io.holdfast.core;

/** A role that cannot start; the message is the one sentence its user needs. */
public final class CannotStart extends Exception {

  private static final long serialVersionUID = 1L;

  public CannotStart(String sentence) {
    super(sentence);
  }

  public CannotStart(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
