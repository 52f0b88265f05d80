package io.holdfast.agent.link;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The heartbeats of one stream: their numbers, and when those were sent that may be answered. */
final class Beats {

  /** Far more than fit into the time after which an unanswered stream is given up. */
  private static final int MOST = 1_000;

  private final NavigableMap<Long, Duration> unanswered = new TreeMap<>();
  private long sequence;

  /** The number of the next one. */
  long next(Duration sentAt) {
    unanswered.put(++sequence, sentAt);
    if (unanswered.size() > MOST) {
      unanswered.pollFirstEntry();
    }
    return sequence;
  }

  /** When it was sent; empty for one that was not, or that is older than one answered already. */
  Optional<Duration> answered(long number) {
    Optional<Duration> sentAt = Optional.ofNullable(unanswered.get(number));
    unanswered.headMap(number, true).clear();
    return sentAt;
  }
}
