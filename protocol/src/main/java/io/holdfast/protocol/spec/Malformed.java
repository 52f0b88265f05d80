package io.holdfast.protocol.spec;

/** A text that is neither YAML nor JSON from some line on. */
final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;

  Malformed(int line, String detail) {
    super(detail);
    this.line = line;
  }

  SpecProblem problem() {
    return new SpecProblem(line, "", String.valueOf(getMessage()));
  }
}
