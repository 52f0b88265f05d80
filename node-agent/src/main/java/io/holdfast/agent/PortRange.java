package io.holdfast.agent;

/** The ports an agent may give to instances, both ends included, 1 to 65535. */
public record PortRange(int first, int last) {

  public static final PortRange DEFAULT = new PortRange(20_000, 29_999);

  private static final int HIGHEST = 65_535;

  public PortRange {
    if (first < 1 || last > HIGHEST || first > last) {
      throw new IllegalArgumentException("expected a range of ports within 1 to " + HIGHEST);
    }
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
