package io.holdfast.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Waits that grow, and how they vary. */
final class BackoffPolicyTest {

  @Test
  void theFirstRestartIsImmediateAndTheWaitsDoubleUpToTheMost() {
    BackoffPolicy policy = policy(0.0);

    assertThat(IntStream.rangeClosed(0, 11).mapToObj(n -> policy.delay(n, 0.5).toMillis()))
        .containsExactly(
            0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L);
  }

  @Test
  void theJitterGoesBothWays() {
    BackoffPolicy policy = policy(0.2);

    assertThat(policy.delay(1, 0.0)).isEqualTo(Duration.ofMillis(80));
    assertThat(policy.delay(1, 0.5)).isEqualTo(Duration.ofMillis(100));
    assertThat(policy.delay(1, 0.999_999)).isEqualTo(Duration.ofMillis(120));
  }

  @Test
  void noAttemptHoweverManyLeavesTheBounds() {
    BackoffPolicy policy = policy(0.2);
    Random random = new Random(7);

    for (int attempt = 1; attempt < 5_000; attempt++) {
      assertThat(policy.delay(attempt, random.nextDouble()))
          .isBetween(Duration.ofMillis(80), Duration.ofSeconds(36));
    }
    assertThat(policy.delay(Integer.MAX_VALUE, 0.5)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theMostIsAtLeastTheFirst() {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> waits(Duration.ofSeconds(2), 2.0, Duration.ofSeconds(1), 0.0))
        .satisfies(invalid -> assertThat(invalid.field()).isEqualTo("max"));
  }

  @Test
  void factorAndJitterAreNumbersInTheirRange() {
    for (double factor : new double[] {0.5, 101, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatExceptionOfType(InvalidSpec.class)
          .isThrownBy(() -> waits(Duration.ofMillis(1), factor, Duration.ofSeconds(1), 0.0))
          .satisfies(invalid -> assertThat(invalid.field()).isEqualTo("factor"));
    }
    for (double jitter : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatExceptionOfType(InvalidSpec.class)
          .isThrownBy(() -> waits(Duration.ofMillis(1), 2.0, Duration.ofSeconds(1), jitter))
          .satisfies(invalid -> assertThat(invalid.field()).isEqualTo("jitter"));
    }
  }

  private static BackoffPolicy policy(double jitter) {
    return waits(Duration.ofMillis(100), 2.0, Duration.ofSeconds(30), jitter);
  }

  private static BackoffPolicy waits(Duration initial, double factor, Duration max, double jitter) {
    return new BackoffPolicy(initial, factor, max, jitter, Duration.ofSeconds(60));
  }
}
