package io.holdfast.protocol.spec;

/**
 * One thing that is wrong with a text.
 *
 * @param line where, from 1
 * @param path the key it is about, such as {@code health.readiness.interval}; blank for the text as
 *     a whole
 * @param detail what was expected, a sentence fragment without a full stop
 */
public record SpecProblem(int line, String path, String detail) {

  @Override
  public String toString() {
    return "line " + line + ": " + (path.isBlank() ? "" : path + ": ") + detail;
  }
}
