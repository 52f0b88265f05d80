package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;
import java.util.Random;

/** A candidate about which everything is told. */
record Figures(
    InstanceId instance,
    Rank rank,
    int weight,
    int inFlight,
    double nanos,
    boolean isNear,
    boolean isFull)
    implements Candidate {

  static Figures of(int slot) {
    return new Figures(Conducts.id(slot), Rank.WELL, 100, 0, 1_000, true, false);
  }

  Figures taking(double next) {
    return new Figures(instance, rank, weight, inFlight, next, isNear, isFull);
  }

  Figures inFlight(int next) {
    return new Figures(instance, rank, weight, next, nanos, isNear, isFull);
  }

  Figures weight(int next) {
    return new Figures(instance, rank, next, inFlight, nanos, isNear, isFull);
  }

  Figures ranked(Rank next) {
    return new Figures(instance, next, weight, inFlight, nanos, isNear, isFull);
  }

  Figures far() {
    return new Figures(instance, rank, weight, inFlight, nanos, false, isFull);
  }

  Figures full() {
    return new Figures(instance, rank, weight, inFlight, nanos, isNear, true);
  }

  static Chance chance(long seed) {
    Random random = new Random(seed);
    return new Chance() {
      private int turn = random.nextInt(1_000);

      @Override
      public int below(int bound) {
        return random.nextInt(bound);
      }

      @Override
      public int turn() {
        return turn++;
      }
    };
  }

  @Override
  public double latency(long nowNanos) {
    return nanos;
  }

  @Override
  public double warmth(long nowNanos) {
    return 1;
  }

  @Override
  public boolean claimTrial(boolean repeatable, long nowNanos) {
    return false;
  }
}
