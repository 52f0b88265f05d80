package io.holdfast.core.balancing;

import java.util.List;

/**
 * Weights as a schedule that needs but a counter: in each round a member is passed over as often as
 * its weight is less than the largest, spread evenly over the rounds.
 *
 * <p>The static stride scheduler of gRPC. Weights count from a tenth to ten times the mean.
 */
final class Strides {

  private static final int FULL = 65_535;
  private static final int ROUND = FULL + 1;
  private static final int HALF = ROUND / 2 - 1;
  private static final double LEAST = 0.1;
  private static final double MOST = 10;

  private final int[] weights;

  private Strides(int[] weights) {
    this.weights = weights;
  }

  static Strides of(List<? extends Candidate> members) {
    double mean = members.stream().mapToInt(Candidate::weight).average().orElse(1);
    double[] bounded =
        members.stream()
            .mapToDouble(one -> Math.clamp(one.weight(), LEAST * mean, MOST * mean))
            .toArray();
    double largest = 0;
    for (double weight : bounded) {
      largest = Math.max(largest, weight);
    }
    int[] scaled = new int[bounded.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (int) Math.round(bounded[i] / largest * FULL);
    }
    return new Strides(scaled);
  }

  /** Whether the member whose turn it is takes it. */
  boolean takes(int turn) {
    int member = Integer.remainderUnsigned(turn, weights.length);
    long round = Integer.toUnsignedLong(Integer.divideUnsigned(turn, weights.length));
    long offset = member % 2 == 0 ? 0 : HALF;
    return (weights[member] * round + offset) % ROUND >= ROUND - weights[member];
  }
}
