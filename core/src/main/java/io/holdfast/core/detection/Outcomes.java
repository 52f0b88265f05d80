package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How requests through one balancer have ended since it said so last.
 *
 * @param observer the balancer, the same as long as it lives
 * @param over the time that this covers
 */
public record Outcomes(String observer, Duration over, List<Seen> seen) {

  public Outcomes {
    seen = List.copyOf(seen);
  }

  /** This and what the same balancer said next. */
  public Outcomes plus(Outcomes later) {
    Map<InstanceId, Seen> all = new LinkedHashMap<>();
    Stream.concat(seen.stream(), later.seen.stream())
        .forEach(one -> all.merge(one.instance(), one, Seen::plus));
    return new Outcomes(observer, over.plus(later.over), List.copyOf(all.values()));
  }
}
