package io.holdfast.core.supervision;

import io.holdfast.core.ServiceName;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an agent is told it may do for a service without asking; replaces what it was told before.
 *
 * @param seen restarts of this series that the supervisor has heard of
 * @param limit the agent's own count of them may not pass
 * @param blocks the epochs it may use, per slot
 * @param validFor from the moment it hears this
 */
public record Budget(
    ServiceName service,
    long series,
    long seen,
    long limit,
    SortedMap<Integer, EpochBlock> blocks,
    Duration validFor) {

  public Budget {
    blocks = Collections.unmodifiableSortedMap(new TreeMap<>(blocks));
  }
}
