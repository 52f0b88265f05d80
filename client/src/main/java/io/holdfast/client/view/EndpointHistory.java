package io.holdfast.client.view;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.ConcurrencyLimit;
import io.holdfast.core.balancing.Conduct;
import io.holdfast.core.balancing.RollingTotals;
import io.holdfast.core.balancing.Totals;
import java.time.Duration;

/** The windows over the traffic of one instance; used by the follower alone. */
final class EndpointHistory {

  private static final Duration RECENT = Duration.ofSeconds(1);
  private static final Duration LASTING = Duration.ofSeconds(10);

  /** What an instance bears of which it is not known how much more it would. */
  private static final int LEAST_CAPACITY = 20;

  private final InstanceId instance;
  private final Traffic traffic;
  private Totals last = Totals.NONE;
  private RollingTotals recent;
  private RollingTotals lasting;
  private ConcurrencyLimit limit;
  private int mostAtATime = LEAST_CAPACITY;

  EndpointHistory(InstanceId instance, Traffic traffic, long nowNanos) {
    this.instance = instance;
    this.traffic = traffic;
    // What was counted before the first look is no older than the interval of looks.
    this.recent = RollingTotals.from(RECENT, last, nowNanos);
    this.lasting = RollingTotals.from(LASTING, last, nowNanos);
    this.limit = ConcurrencyLimit.from(0, nowNanos);
  }

  /**
   * @param timeout that requests have
   */
  Conduct conduct(Duration timeout, long nowNanos) {
    Totals now = totals();
    recent = recent.at(now, nowNanos);
    lasting = lasting.at(now, nowNanos);
    limit =
        limit.at(
            now.tally().answered(),
            traffic.waiting(),
            recent.since(now).latencies(),
            timeout,
            nowNanos);
    traffic.limit(limit.most());
    if (recent.since(now).tally().failed() == 0) {
      mostAtATime = Math.max(mostAtATime, traffic.inFlight());
    }
    return new Conduct(
        instance,
        traffic.responds(),
        traffic.refused(),
        recent.since(now),
        lasting.since(now),
        mostAtATime,
        traffic.trial().permit().result());
  }

  private Totals totals() {
    last = traffic.totalsAfter(last);
    return last;
  }

  /** Its standing has changed; what it did before is no longer held against it. */
  void startAgain(long nowNanos) {
    traffic.forgetRefused();
    recent = RollingTotals.from(RECENT, totals(), nowNanos);
    lasting = RollingTotals.from(LASTING, totals(), nowNanos);
  }
}
