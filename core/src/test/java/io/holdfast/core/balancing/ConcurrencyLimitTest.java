package io.holdfast.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class ConcurrencyLimitTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long LOOK = Duration.ofMillis(250).toNanos();

  @Test
  void thereIsNoneWhileAnswersComeSoon() {
    ConcurrencyLimit limit = seen(100, Duration.ofMillis(10));
    assertThat(limit.most(TIMEOUT)).isEqualTo(ConcurrencyLimit.NONE);
    assertThat(seen(100, Duration.ofSeconds(2)).most(TIMEOUT)).isEqualTo(ConcurrencyLimit.NONE);
  }

  @Test
  void onceTheyComeLateAsManyMayWaitAsAreAnsweredInFourFifthsOfTheTime() {
    ConcurrencyLimit limit = ConcurrencyLimit.from(0, 0);
    for (int look = 1; look <= 80; look++) {
      limit = limit.at(look * 25L, all(200, Duration.ofSeconds(3)), TIMEOUT, look * LOOK);
    }
    assertThat(limit.most(TIMEOUT)).as("100 a second for 4 s").isBetween(390, 400);
  }

  @Test
  void itIsLiftedWhenAnswersComeSoonAgainAndNotJustSooner() {
    ConcurrencyLimit late = seen(100, Duration.ofSeconds(3));
    assertThat(late.inForce()).isTrue();
    assertThat(late.at(100, all(50, Duration.ofSeconds(2)), TIMEOUT, 2 * LOOK).inForce()).isTrue();
    assertThat(late.at(100, all(50, Duration.ofSeconds(1)), TIMEOUT, 2 * LOOK).inForce()).isFalse();
  }

  @Test
  void anEndpointThatAnswersNothingMoreIsNotForgottenBeforeNobodyAsks() {
    ConcurrencyLimit late = seen(100, Duration.ofSeconds(3));
    assertThat(late.at(100, all(1, TIMEOUT), TIMEOUT, 2 * LOOK).inForce()).isTrue();
    assertThat(late.at(100, Latencies.NONE, TIMEOUT, 2 * LOOK).inForce()).isFalse();
  }

  @Test
  void fewRequestsAreNeverTooMany() {
    ConcurrencyLimit late = seen(4, TIMEOUT).at(4, all(4, TIMEOUT), TIMEOUT, 200 * LOOK);
    assertThat(late.most(TIMEOUT)).isEqualTo(4);
  }

  @Test
  void looksThatFollowAtOnceChangeNothing() {
    ConcurrencyLimit late = seen(100, Duration.ofSeconds(3));
    assertThat(late.at(101, Latencies.NONE, TIMEOUT, LOOK + 1)).isEqualTo(late);
  }

  @Test
  void twiceWhatAnEndpointCanDoIsHalfAnsweredAndWithoutALimitNotAtAll() {
    Queueing limited = new Queueing(true);
    Queueing unlimited = new Queueing(false);
    limited.run();
    unlimited.run();

    assertThat(unlimited.inTime).as("of 200 a second").isLessThan(100);
    assertThat(limited.inTime).as("of those it can do").isGreaterThan(9 * Queueing.COULD / 10);
  }

  private static ConcurrencyLimit seen(int answers, Duration each) {
    return ConcurrencyLimit.from(0, 0).at(answers, all(answers, each), TIMEOUT, LOOK);
  }

  private static Latencies all(int count, Duration each) {
    long[] nanos = new long[count];
    Arrays.fill(nanos, each.toNanos());
    return Conducts.latencies(nanos);
  }

  /** One worker that needs 10 ms for each of 200 requests a second; what waits too long leaves. */
  private static final class Queueing {

    static final int COULD = 3_000;
    private static final long SETTLED = Duration.ofSeconds(30).toNanos();
    private static final long END = Duration.ofSeconds(60).toNanos();
    private static final long STEP = Duration.ofMillis(5).toNanos();

    private final boolean isLimited;
    private final Queue<Long> queue = new ArrayDeque<>();
    private ConcurrencyLimit limit = ConcurrencyLimit.from(0, 0);
    private RollingTotals recent = RollingTotals.from(Duration.ofSeconds(1), Totals.NONE, 0);
    private final int[] counts = new int[Latencies.BUCKETS];
    private long answered;
    private int waiting;
    private int inTime;

    Queueing(boolean isLimited) {
      this.isLimited = isLimited;
    }

    void run() {
      for (long now = STEP; now < END; now += STEP) {
        if (!isLimited || waiting < limit.most(TIMEOUT)) {
          queue.add(now);
          waiting++;
        }
        if (now % (2 * STEP) == 0 && !queue.isEmpty()) {
          answer(queue.remove(), now);
        }
        if (now % LOOK == 0) {
          look(now);
        }
      }
    }

    private void answer(long since, long now) {
      long took = Math.min(now - since, TIMEOUT.toNanos());
      counts[Latencies.bucket(took)]++;
      waiting--;
      if (now - since < TIMEOUT.toNanos()) {
        answered++;
        inTime += now > SETTLED ? 1 : 0;
      }
    }

    private void look(long now) {
      Totals totals = new Totals(new Tally(answered, 0), Latencies.read(i -> counts[i]));
      recent = recent.at(totals, now);
      limit = limit.at(answered, recent.since(totals).latencies(), TIMEOUT, now);
    }
  }
}
