package io.holdfast.core.supervision;

import io.holdfast.core.InWords;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that went wrong with a service, from the first sign until all wanted instances are
 * ready again. A crash loop is one incident, however long.
 *
 * @param instance with which it began
 * @param at when that was
 * @param cause in a few plain words
 * @param exit the latest failure seen
 * @param probe what a probe said that failed; blank when none did
 * @param failures how many there were
 * @param first what was done at the beginning, at most {@link #KEPT_FIRST}
 * @param omitted how many deeds after those are not kept
 * @param latest what was done last, at most {@link #KEPT_LATEST}
 * @param restoredAt when ready was again what is desired
 */
public record Incident(
    InstanceId instance,
    Instant at,
    String cause,
    Optional<Exit> exit,
    String probe,
    int failures,
    List<Deed> first,
    long omitted,
    List<Deed> latest,
    Optional<Instant> restoredAt) {

  static final int KEPT_FIRST = 16;
  static final int KEPT_LATEST = 32;

  public Incident {
    first = List.copyOf(first);
    latest = List.copyOf(latest);
  }

  static Incident began(InstanceId instance, Instant at, String cause) {
    return new Incident(
        instance, at, cause, Optional.empty(), "", 0, List.of(), 0, List.of(), Optional.empty());
  }

  /** No other incident of any service has it, ever. */
  public String id() {
    return instance.service()
        + "-"
        + instance.epoch()
        + "-"
        + Long.toString(at.toEpochMilli(), Character.MAX_RADIX);
  }

  public boolean isOpen() {
    return restoredAt.isEmpty();
  }

  Incident failed(Exit how) {
    return new Incident(
        instance,
        at,
        cause,
        Optional.of(how),
        how.probe().isBlank() ? probe : how.probe(),
        failures + 1,
        first,
        omitted,
        latest,
        Optional.empty());
  }

  Incident probed(String said) {
    return new Incident(
        instance, at, cause, exit, said, failures, first, omitted, latest, restoredAt);
  }

  Incident did(Deed deed) {
    List<Deed> head = new ArrayList<>(first);
    List<Deed> tail = new ArrayList<>(latest);
    long lost = omitted;
    if (head.size() < KEPT_FIRST) {
      head.add(deed);
    } else {
      tail.add(deed);
      if (tail.size() > KEPT_LATEST) {
        tail.removeFirst();
        lost++;
      }
    }
    return new Incident(instance, at, cause, exit, probe, failures, head, lost, tail, restoredAt);
  }

  Incident restored(Instant when) {
    return new Incident(
        instance, at, cause, exit, probe, failures, first, omitted, latest, Optional.of(when));
  }

  /** Taken up again: it failed anew before it had been well for long. */
  Incident reopened() {
    return new Incident(
        instance, at, cause, exit, probe, failures, first, omitted, latest, Optional.empty());
  }

  /** Everything that was done, in order; what is not kept stands as one line that says so. */
  public List<Deed> deeds() {
    List<Deed> all = new ArrayList<>(first);
    if (omitted > 0) {
      all.add(
          new Deed(latest.getFirst().at(), "did " + omitted + " more things of the same kind", ""));
    }
    all.addAll(latest);
    return all;
  }

  /** One plain sentence for a person at night. */
  public String summary() {
    String what = instance.service() + "/" + instance.slot() + " " + cause;
    String often = failures > 1 ? ", " + failures + " failures" : "";
    return what + often + "; " + outcome();
  }

  private String outcome() {
    if (restoredAt.isPresent()) {
      return "all instances were ready again after "
          + InWords.of(Duration.between(at, restoredAt.get()));
    }
    List<Deed> all = deeds();
    return all.isEmpty() ? "nothing has been done yet" : "last: " + all.getLast().did();
  }
}
