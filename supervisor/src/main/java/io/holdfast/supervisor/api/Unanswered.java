package io.holdfast.supervisor.api;

/** Nobody has answered, and it is known why: the message is a sentence for whoever asked. */
public final class Unanswered extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Unanswered(String message) {
    super(message);
  }
}
