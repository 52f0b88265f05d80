package io.holdfast.core.detection;

import java.time.Duration;

/**
 * How improbable a silence is, judged by the intervals between the heartbeats before it: a phi of 1
 * says one in ten, one of 8 one in a hundred million.
 *
 * <p>The phi accrual detector (Hayashibara, Défago, Yared and Katayama, SRDS 2004; the normal
 * distribution by its logistic approximation), with what it is known to lack. The deviation is
 * never taken for less than a share of the interval that was agreed upon, so that a quiet network
 * makes it neither nervous nor slow. No interval counts as longer than a few agreed ones, so that
 * one long pause does not make it blind for a minute. And an interval counts even where it ended a
 * suspicion, so that a link which has become slow is learned.
 */
final class PhiAccrual {

  private static final int SAMPLES = 100;

  /** With phi 8 a silence is suspicious after three agreed intervals on a quiet network. */
  private static final double LEAST_DEVIATION = 0.38;

  private static final double LONGEST_SAMPLE = 6.0;
  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] seconds = new double[SAMPLES];
  private int taken;
  private double agreed;

  PhiAccrual(Duration agreed) {
    agree(agreed);
  }

  /** Heartbeats are to come this often from now on. */
  void agree(Duration interval) {
    agreed = seconds(interval);
  }

  /** So long after the one before a heartbeat has come. */
  void took(Duration interval) {
    seconds[taken % SAMPLES] = Math.min(seconds(interval), LONGEST_SAMPLE * agreed);
    taken = taken == 2 * SAMPLES - 1 ? SAMPLES : taken + 1;
  }

  /** Of nothing having come for so long. */
  double phi(Duration silence) {
    double mean = mean();
    double y = (seconds(silence) - mean) / deviation(mean);
    double e = Math.exp(-y * (1.5976 + 0.070566 * y * y));
    return y > 0 ? -Math.log10(e / (1 + e)) : -Math.log10(1 - 1 / (1 + e));
  }

  private double mean() {
    int known = Math.min(taken, SAMPLES);
    double sum = 0;
    for (int i = 0; i < known; i++) {
      sum += seconds[i];
    }
    return known == 0 ? agreed : sum / known;
  }

  private double deviation(double mean) {
    int known = Math.min(taken, SAMPLES);
    double squares = 0;
    for (int i = 0; i < known; i++) {
      squares += (seconds[i] - mean) * (seconds[i] - mean);
    }
    double measured = known == 0 ? 0 : Math.sqrt(squares / known);
    return Math.max(measured, LEAST_DEVIATION * agreed);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }
}
