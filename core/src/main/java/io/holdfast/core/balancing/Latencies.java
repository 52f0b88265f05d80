package io.holdfast.core.balancing;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * How many requests took how long, in buckets that are a fifth wide: from 1 us to over a minute.
 * Immutable; a shell counts in an array of its own with {@link #bucket} and {@link #BUCKETS}.
 */
public final class Latencies {

  private static final int PARTS = 4;
  private static final int SHIFT = 2;
  private static final int FIRST_POWER = 10;
  private static final int LAST_POWER = 36;

  public static final int BUCKETS = (LAST_POWER - FIRST_POWER) * PARTS;

  public static final Latencies NONE = new Latencies(new int[BUCKETS]);

  private final int[] counts;

  private Latencies(int[] counts) {
    this.counts = counts;
  }

  /** What stands in a shell's counters now. */
  public static Latencies read(IntUnaryOperator countOf) {
    int[] counts = new int[BUCKETS];
    Arrays.setAll(counts, countOf);
    return new Latencies(counts);
  }

  /** Where a request that took so long is counted. */
  public static int bucket(long nanos) {
    int power = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
    if (power < FIRST_POWER) {
      return 0;
    }
    if (power >= LAST_POWER) {
      return BUCKETS - 1;
    }
    int part = (int) (nanos >>> (power - SHIFT)) & (PARTS - 1);
    return (power - FIRST_POWER) * PARTS + part;
  }

  /** Counters may wrap around: only differences are looked at. */
  public Latencies minus(Latencies earlier) {
    int[] rest = new int[BUCKETS];
    Arrays.setAll(rest, i -> counts[i] - earlier.counts[i]);
    return new Latencies(rest);
  }

  public Latencies plus(Latencies other) {
    int[] sum = new int[BUCKETS];
    Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
    return new Latencies(sum);
  }

  public long total() {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    return total;
  }

  public int count(int bucket) {
    return counts[bucket];
  }

  /** How many surely took so long; of those in the bucket of that very time it is not known. */
  public long above(Duration time) {
    long above = 0;
    for (int i = bucket(time.toNanos() - 1) + 1; i < BUCKETS; i++) {
      above += counts[i];
    }
    return above;
  }

  /** Nanoseconds within which this share of the requests ended; 0 when there was none. */
  public double within(double share) {
    long wanted = Math.max(1, (long) Math.ceil(total() * share));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return end(i);
      }
    }
    return 0;
  }

  private static double end(int bucket) {
    int power = FIRST_POWER + bucket / PARTS;
    return Math.scalb(1 + (bucket % PARTS + 1.0) / PARTS, power);
  }
}
