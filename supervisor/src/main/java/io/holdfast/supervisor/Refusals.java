package io.holdfast.supervisor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of whoever is not let in, once in ten minutes each, as they try again and again. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final int MOST = 256;

  private final LongSupplier nanoTime;
  private final Map<String, Long> told = new LinkedHashMap<>();

  Refusals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Somebody was not let in.
   *
   * @param why a sentence fragment about them
   */
  void tell(String who, String why) {
    String line = who + " is not let in: " + why;
    if (isNews(line)) {
      LOG.warn("{}", line);
    }
  }

  /** Among too many the oldest is forgotten, and told again. */
  private synchronized boolean isNews(String line) {
    long now = nanoTime.getAsLong();
    told.values().removeIf(at -> now - at > SILENCE.toNanos());
    if (told.containsKey(line)) {
      return false;
    }
    if (told.size() == MOST) {
      told.remove(told.keySet().iterator().next());
    }
    told.put(line, now);
    return true;
  }
}
