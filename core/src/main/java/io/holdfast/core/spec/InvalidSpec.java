package io.holdfast.core.spec;

/** A value that a specification cannot hold; says which field of the part and what was expected. */
public final class InvalidSpec extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String expectation;

  public InvalidSpec(String field, String expectation) {
    super(field + ": " + expectation);
    this.field = field;
    this.expectation = expectation;
  }

  /** The key within the part that was built, as the user writes it; dots lead into its parts. */
  public String field() {
    return field;
  }

  /** A sentence fragment that begins with "expected" or "not supported". */
  public String expectation() {
    return expectation;
  }
}
