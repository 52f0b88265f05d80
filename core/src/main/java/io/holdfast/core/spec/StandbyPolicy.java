package io.holdfast.core.spec;

/**
 * Warm standbys: started and ready, without traffic until promoted.
 *
 * @param count 0 to 1,000
 */
public record StandbyPolicy(int count) {

  public static final StandbyPolicy NONE = new StandbyPolicy(0);

  public StandbyPolicy {
    Check.range("count", count, 0, 1_000);
  }
}
