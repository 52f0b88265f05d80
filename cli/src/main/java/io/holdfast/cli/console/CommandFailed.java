package io.holdfast.cli.console;

import java.util.List;

/**
 * A command that was refused or could not be carried out: exit code 1.
 *
 * <p>Its lines go to the user as they are, so each is a clear sentence.
 */
public final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailed(String sentence) {
    super(sentence);
  }

  public CommandFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Several lines, one for each thing that is wrong. */
  public static CommandFailed listing(List<String> lines) {
    return new CommandFailed(String.join(System.lineSeparator(), lines));
  }

  /** The sentence. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
