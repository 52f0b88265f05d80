package io.holdfast.agent.probe;

import io.holdfast.core.InWords;
import io.holdfast.core.instance.ProbeKind;
import java.time.Duration;

/**
 * What a watchdog makes of what its service has said; knows no clock.
 *
 * @param silence the longest that is borne
 * @param seen what had been said when it was last judged
 * @param since when waiting began: with the probe, and anew after each miss
 */
record Vigil(ProbeKind kind, Duration silence, Said seen, long since) {

  /** What is to be told, or waited for. */
  sealed interface Verdict {

    record Passed() implements Verdict {}

    /** It said so itself. */
    record Bad(String detail) implements Verdict {}

    /** It said nothing, or nobody heard it. */
    record Silent(String detail) implements Verdict {}

    record Wait(long until) implements Verdict {}
  }

  static Vigil begin(ProbeKind kind, Duration silence, Said said, long now) {
    // Being ready lasts, and so does a call for help; a sign of life is one only for a time.
    boolean lasting = kind != ProbeKind.LIVENESS;
    return new Vigil(kind, silence, lasting ? said.unseen() : said.untriggered(), now);
  }

  Verdict judge(Said said, long now) {
    return switch (kind) {
      case STARTUP -> said.ready() ? passedOnce(said) : untilReady(said, now);
      case READINESS -> readiness(said, now);
      case LIVENESS -> liveness(said, now);
    };
  }

  /** This watch, once {@code said} has been judged. */
  Vigil judged(Said said) {
    return new Vigil(kind, silence, said, since);
  }

  /** This watch, waiting anew. */
  Vigil again(Said said, long now) {
    return new Vigil(kind, silence, said, now);
  }

  private Verdict readiness(Said said, long now) {
    if (said.stopping()) {
      return isNews(said) ? new Verdict.Bad("it said STOPPING=1" + status(said)) : later();
    }
    return said.ready() ? signOfLife(said, now) : untilReady(said, now);
  }

  private Verdict liveness(Said said, long now) {
    if (said.triggers() != seen.triggers()) {
      return new Verdict.Bad("it said WATCHDOG=trigger" + status(said));
    }
    return said.stopping() ? untilStopped(said, now) : signOfLife(said, now);
  }

  private Verdict signOfLife(Said said, long now) {
    long end = lastWord(said) + silence.toNanos();
    if (now - end >= 0) {
      return new Verdict.Silent("no watchdog message for " + InWords.of(silence) + status(said));
    }
    return said.words() == seen.words() ? new Verdict.Wait(end) : new Verdict.Passed();
  }

  private Verdict untilReady(Said said, long now) {
    return now - since - silence.toNanos() >= 0
        ? new Verdict.Silent("no READY=1 for " + InWords.of(silence) + status(said))
        : later();
  }

  /** It may need no watchdog any more, but it must come to an end. */
  private Verdict untilStopped(Said said, long now) {
    long end = said.stoppingUntil() - since > 0 ? said.stoppingUntil() : since + silence.toNanos();
    return now - end >= 0
        ? new Verdict.Silent("it said STOPPING=1 and did not end" + status(said))
        : new Verdict.Wait(end);
  }

  private Verdict passedOnce(Said said) {
    return isNews(said) ? new Verdict.Passed() : later();
  }

  private Verdict later() {
    return new Verdict.Wait(since + silence.toNanos());
  }

  private boolean isNews(Said said) {
    return said.version() != seen.version();
  }

  private long lastWord(Said said) {
    return said.wordAt() - since > 0 ? said.wordAt() : since;
  }

  private static String status(Said said) {
    return said.status().isEmpty() ? "" : "; its status was: " + said.status();
  }
}
