package io.holdfast.agent.probe;

import java.time.Duration;

/**
 * All that a service has said of itself by sd_notify. Times are those of {@link System#nanoTime}.
 *
 * @param version rises with every message
 * @param words how often it has said READY=1 or WATCHDOG=1
 * @param wordAt when it last said READY=1 or WATCHDOG=1; before that, when listening began
 * @param triggers how often it has said WATCHDOG=trigger
 * @param unheard true when it may have said READY=1 while nobody listened: its next WATCHDOG=1 is
 *     taken for that
 * @param stoppingUntil how long it may take to end, once it has said STOPPING=1
 * @param status blank before the first
 */
record Said(
    long version,
    long words,
    long triggers,
    boolean ready,
    boolean unheard,
    boolean stopping,
    long wordAt,
    long stoppingUntil,
    String status) {

  /** The longest that a service may ask for at once. */
  private static final Duration LONGEST_EXTENSION = Duration.ofDays(1);

  static Said nothing(long now) {
    return new Said(0, 0, 0, false, false, false, now, now, "");
  }

  /** What is known of a service that an earlier agent has listened to. */
  static Said earlier(boolean ready, long now) {
    return new Said(0, 0, 0, ready, !ready, false, now, now, "");
  }

  /**
   * @param farewell how long a service may take to end once it has said that it does
   */
  Said after(Notice notice, Duration farewell, long now) {
    boolean isReady = ready || notice.ready() || (unheard && notice.alive());
    boolean word = notice.ready() || notice.alive();
    boolean stops = stopping || notice.stopping();
    return new Said(
        version + 1,
        word ? words + 1 : words,
        notice.trigger() ? triggers + 1 : triggers,
        isReady,
        unheard && !isReady,
        stops,
        word ? now : wordAt,
        stops ? until(notice, farewell, now) : stoppingUntil,
        notice.status().orElse(status));
  }

  /** The same as yet unheard of. */
  Said unseen() {
    return new Said(-1, -1, -1, ready, unheard, stopping, wordAt, stoppingUntil, status);
  }

  /** The same, of which no call for help has been seen yet. */
  Said untriggered() {
    return new Said(version, words, 0, ready, unheard, stopping, wordAt, stoppingUntil, status);
  }

  private long until(Notice notice, Duration farewell, long now) {
    long first = stopping ? stoppingUntil : now + farewell.toNanos();
    long micros = Math.min(notice.extendMicros().orElse(0), LONGEST_EXTENSION.toNanos() / 1_000);
    long asked = now + micros * 1_000;
    return asked - first > 0 ? asked : first;
  }
}
