package io.holdfast.core.detection;

import java.time.Instant;

/**
 * A node that the brake was told is suspect.
 *
 * @param supervisor which has or had the session of its agent; blank when that is not known
 * @param since it is
 * @param heard when it was told last
 * @param condemned since then; it counts for a while all the same
 */
record Suspect(String supervisor, Instant since, Instant heard, boolean condemned) {

  Suspect heardAgain(String from, Instant now) {
    return new Suspect(from, since, now, false);
  }

  Suspect condemnedAt(Instant now) {
    return new Suspect(supervisor, since, now, true);
  }
}
