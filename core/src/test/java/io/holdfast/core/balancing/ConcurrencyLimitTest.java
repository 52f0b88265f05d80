package io.holdfast.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class ConcurrencyLimitTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long LOOK = Duration.ofMillis(250).toNanos();

  @Test
  void thereIsNoneWhileAnswersComeSoon() {
    assertThat(seen(100, Duration.ofMillis(10)).most()).isEqualTo(ConcurrencyLimit.NONE);
    assertThat(seen(100, Duration.ofSeconds(2)).most()).isEqualTo(ConcurrencyLimit.NONE);
  }

  @Test
  void onceTheyComeLateAsManyMayWaitAsAreAnsweredInFourFifthsOfTheTime() {
    ConcurrencyLimit limit = ConcurrencyLimit.from(0, 0);
    for (int look = 1; look <= 80; look++) {
      Latencies late = all(200, Duration.ofSeconds(3));
      limit = limit.at(look * 25L, 300, late, TIMEOUT, look * LOOK);
    }
    assertThat(limit.most()).as("100 a second for 4 s").isBetween(390, 400);
  }

  @Test
  void itGrowsWhileAnswersComeSoonAgainAndIsLiftedWhenItKeepsNobodyOut() {
    ConcurrencyLimit late = seen(100, Duration.ofSeconds(3));
    Latencies soon = all(50, Duration.ofSeconds(1));
    assertThat(late.at(100, late.most(), soon, TIMEOUT, 2 * LOOK).most())
        .isBetween(late.most() + 1, 2 * late.most());
    assertThat(late.at(100, late.most() / 2, soon, TIMEOUT, 2 * LOOK).most())
        .isEqualTo(ConcurrencyLimit.NONE);
    assertThat(late.at(100, 0, all(50, Duration.ofSeconds(2)), TIMEOUT, 2 * LOOK).most())
        .as("not just sooner")
        .isLessThan(ConcurrencyLimit.NONE);
  }

  @Test
  void anEndpointThatAnswersNothingMoreIsNotForgottenBeforeNobodyWaits() {
    ConcurrencyLimit late = seen(100, Duration.ofSeconds(3));
    assertThat(late.at(100, 1, Latencies.NONE, TIMEOUT, 2 * LOOK).most())
        .isLessThan(ConcurrencyLimit.NONE);
    assertThat(late.at(100, 0, Latencies.NONE, TIMEOUT, 2 * LOOK).most())
        .isEqualTo(ConcurrencyLimit.NONE);
  }

  @Test
  void fewRequestsAreNeverTooMany() {
    ConcurrencyLimit late = seen(4, TIMEOUT).at(4, 4, all(4, TIMEOUT), TIMEOUT, 200 * LOOK);
    assertThat(late.most()).isEqualTo(4);
  }

  @Test
  void looksThatFollowAtOnceChangeNothing() {
    ConcurrencyLimit late = seen(100, Duration.ofSeconds(3));
    assertThat(late.at(101, 0, Latencies.NONE, TIMEOUT, LOOK + 1)).isEqualTo(late);
  }

  @Test
  void ofTwiceWhatAnEndpointCanDoItDoesWhatItCanAndWithoutALimitNothingInTime() {
    Queueing limited = Queueing.of(true, Duration.ofMillis(10), TIMEOUT);
    Queueing unlimited = Queueing.of(false, Duration.ofMillis(10), TIMEOUT);
    for (Queueing one : List.of(limited, unlimited)) {
      one.run(() -> one.arrive(1));
    }
    assertThat(unlimited.inTime).isLessThan(100);
    assertThat(limited.inTime).isGreaterThan(9 * limited.could() / 10);
  }

  @Test
  void clientsWhoComeAgainTheMomentTheyAreRefusedDoNotBreakIt() {
    Queueing limited = Queueing.of(true, Duration.ofMillis(100), Duration.ofSeconds(2));
    limited.run(() -> limited.arrive(100 - limited.waiting));

    assertThat(limited.inTime).isGreaterThan(8 * limited.could() / 10);
  }

  private static ConcurrencyLimit seen(int answers, Duration each) {
    return ConcurrencyLimit.from(0, 0).at(answers, answers, all(answers, each), TIMEOUT, LOOK);
  }

  private static Latencies all(int count, Duration each) {
    long[] nanos = new long[count];
    Arrays.fill(nanos, each.toNanos());
    return Conducts.latencies(nanos);
  }

  /** One worker, which also works on what nobody waits for any more. */
  private static final class Queueing {

    private static final long SETTLED = Duration.ofSeconds(30).toNanos();
    private static final long END = Duration.ofSeconds(90).toNanos();
    private static final long STEP = Duration.ofMillis(5).toNanos();

    private final boolean isLimited;
    private final long each;
    private final Duration timeout;
    private final Queue<Long> queue = new ArrayDeque<>();
    private final Queue<Long> unheard = new ArrayDeque<>();
    private final int[] counts = new int[Latencies.BUCKETS];
    private ConcurrencyLimit limit = ConcurrencyLimit.from(0, 0);
    private RollingTotals recent = RollingTotals.from(Duration.ofSeconds(1), Totals.NONE, 0);
    private long now;
    private long answered;
    private int waiting;
    private long inTime;

    private Queueing(boolean isLimited, Duration each, Duration timeout) {
      this.isLimited = isLimited;
      this.each = each.toNanos();
      this.timeout = timeout;
    }

    static Queueing of(boolean isLimited, Duration each, Duration timeout) {
      return new Queueing(isLimited, each, timeout);
    }

    long could() {
      return (END - SETTLED) / each;
    }

    void arrive(int requests) {
      for (int i = 0; i < requests && (!isLimited || waiting < limit.most()); i++) {
        queue.add(now);
        unheard.add(now);
        waiting++;
      }
    }

    void run(Runnable arrivals) {
      for (now = STEP; now < END; now += STEP) {
        giveUp();
        arrivals.run();
        if (now % each == 0 && !queue.isEmpty()) {
          answer(queue.remove());
        }
        if (now % LOOK == 0) {
          look();
        }
      }
    }

    /** They came in this order and get up in it. */
    private void giveUp() {
      while (!unheard.isEmpty() && now - unheard.element() >= timeout.toNanos()) {
        unheard.remove();
        ended(timeout.toNanos());
      }
    }

    private void answer(long since) {
      if (!unheard.isEmpty() && unheard.element() == since) {
        unheard.remove();
        ended(now - since);
        answered++;
        inTime += now > SETTLED ? 1 : 0;
      }
    }

    private void ended(long took) {
      counts[Latencies.bucket(took)]++;
      waiting--;
    }

    private void look() {
      // Requests that were given up count as failed, as in the gateway.
      Totals totals =
          new Totals(
              new Tally(answered, Latencies.read(i -> counts[i]).total() - answered),
              Latencies.read(i -> counts[i]));
      recent = recent.at(totals, now);
      limit = limit.at(answered, waiting, recent.since(totals).latencies(), timeout, now);
    }
  }
}
