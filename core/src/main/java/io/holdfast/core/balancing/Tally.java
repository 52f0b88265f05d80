package io.holdfast.core.balancing;

/** How many tries were answered and how many failed. */
public record Tally(long answered, long failed) {

  public static final Tally NONE = new Tally(0, 0);

  public Tally minus(Tally earlier) {
    return new Tally(answered - earlier.answered, failed - earlier.failed);
  }

  public Tally plus(Tally other) {
    return new Tally(answered + other.answered, failed + other.failed);
  }

  public long total() {
    return answered + failed;
  }

  public double failureRate() {
    return total() == 0 ? 0 : (double) failed / total();
  }

  /**
   * The failure rate that is surely reached: the lower end of Wilson's interval, which tells two
   * failures of two from twenty of twenty.
   *
   * @param z how many standard errors make it sure
   */
  public double surelyFailing(double z) {
    double n = total();
    if (n == 0) {
      return 0;
    }
    double p = failed / n;
    double square = z * z;
    double centre = p + square / (2 * n);
    double spread = z * Math.sqrt(p * (1 - p) / n + square / (4 * n * n));
    return Math.max(0, (centre - spread) / (1 + square / n));
  }
}
