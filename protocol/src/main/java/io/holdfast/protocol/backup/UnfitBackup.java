package io.holdfast.protocol.backup;

/** What was given is not a whole backup that this release can read; the message says why. */
public final class UnfitBackup extends Exception {

  private static final long serialVersionUID = 1L;

  public UnfitBackup(String sentence) {
    super(sentence);
  }

  /** A sentence. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
