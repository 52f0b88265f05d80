package io.holdfast.cli.console;

import java.io.IOException;
import java.util.Optional;

/** Nothing more can be printed: the command ends with exit code 1, whatever it still had to say. */
public final class OutputLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  OutputLost(IOException cause) {
    super(cause);
    this.reason = String.valueOf(cause.getMessage());
  }

  /** Empty when only the reader has left, as {@code head} does: then nobody misses anything. */
  public Optional<String> sentence() {
    return reason.contains("Broken pipe")
        ? Optional.empty()
        : Optional.of("cannot write the output: " + reason);
  }
}
