package io.holdfast.agent.log;

/**
 * How much is kept of what one launch prints.
 *
 * @param fileBytes after which a file is rotated
 * @param files how many of that size are kept, the one being written included
 */
public record LogLimits(long fileBytes, int files) {

  public static final LogLimits DEFAULT = new LogLimits(16L << 20, 4);

  public LogLimits {
    if (fileBytes < 4096 || files < 2) {
      throw new IllegalArgumentException(
          "expected at least two files of 4096 bytes, got " + files + " of " + fileBytes);
    }
  }

  /** All files of one launch together. */
  long total() {
    return fileBytes * files;
  }
}
