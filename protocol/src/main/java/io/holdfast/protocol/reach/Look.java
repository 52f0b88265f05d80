package io.holdfast.protocol.reach;

import java.time.Duration;
import java.util.List;

/**
 * What a supervisor wants to know of endpoints that it may not see itself.
 *
 * @param request by which the answer is known
 * @param timeout for each of them
 */
public record Look(long request, List<Target> targets, Duration timeout) {
  public Look {
    targets = List.copyOf(targets);
  }
}
