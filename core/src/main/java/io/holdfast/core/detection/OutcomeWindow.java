package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outcomes of one service's requests in the last while, by who saw them and on which instance.
 *
 * <p>Slides by tenths of the window: a report counts from the beginning of what it covers. What is
 * judged is at most as old as the window and the moment that a report takes to get here; only
 * failures in a row go back to the first of them, as the last one shows that nothing has changed.
 * It is kept nowhere: a supervisor that begins anew waits until it has seen enough again.
 *
 * @param slices by their beginning
 * @param streaks that may go on
 * @param since what was earlier is no evidence
 */
public record OutcomeWindow(
    Thresholds thresholds,
    SortedMap<Instant, Slice> slices,
    Map<Place, Streak> streaks,
    Instant since) {

  private static final int SLICES = 10;

  /** A second until a balancer tells what it saw, and one until that is handed on. */
  static final Duration TOLD_WITHIN = Duration.ofSeconds(2);

  /** Observers times instances that a slice counts; what comes beyond them is no evidence. */
  static final int MOST_SAMPLES = 20_000;

  public OutcomeWindow {
    slices = Collections.unmodifiableSortedMap(new TreeMap<>(slices));
    streaks = Map.copyOf(streaks);
  }

  /** Who saw what. */
  record Slice(Map<Place, Sample> samples) {
    Slice {
      samples = Map.copyOf(samples);
    }
  }

  record Place(InstanceId instance, String observer) {}

  public static OutcomeWindow empty(Thresholds thresholds) {
    return new OutcomeWindow(thresholds, Collections.emptySortedMap(), Map.of(), Instant.MIN);
  }

  /** Nothing that has happened until now is evidence any more, though it be told later. */
  OutcomeWindow voided(Instant now) {
    return new OutcomeWindow(
        thresholds, Collections.emptySortedMap(), Map.of(), now.plus(TOLD_WITHIN));
  }

  /** Failures in a row on this one have led to a verdict, and lead to no other. */
  OutcomeWindow judged(InstanceId instance) {
    Map<Place, Streak> rest = new HashMap<>(streaks);
    rest.keySet().removeIf(place -> place.instance().equals(instance));
    return new OutcomeWindow(thresholds, slices, rest, since);
  }

  /** A report that begins before the window says nothing of when in it something was. */
  public OutcomeWindow heard(Outcomes outcomes, Instant now) {
    Instant begun = now.minus(outcomes.over());
    Instant from = begin(begun);
    SortedMap<Instant, Slice> next = new TreeMap<>(recent(now));
    if (!isRecent(from, now) || begun.isBefore(since)) {
      return new OutcomeWindow(thresholds, next, streaks, since);
    }
    Slice slice = next.getOrDefault(from, new Slice(Map.of()));
    next.put(from, with(slice, outcomes));
    return new OutcomeWindow(thresholds, next, streaksAfter(outcomes, from), since);
  }

  /** Every instance that was seen, in order. */
  public List<Finding> findings(Instant now) {
    SortedMap<InstanceId, List<Witness>> witnesses = witnesses(now);
    return witnesses.entrySet().stream()
        .map(entry -> Criterion.worst(entry.getKey(), entry.getValue(), thresholds))
        .toList();
  }

  /** Of the slice in which a moment is. */
  private Instant begin(Instant moment) {
    long step = thresholds.window().dividedBy(SLICES).toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), step) * step);
  }

  private SortedMap<Instant, Slice> recent(Instant now) {
    return slices.tailMap(now.minus(thresholds.window()));
  }

  private boolean isRecent(Instant from, Instant now) {
    return !from.isBefore(now.minus(thresholds.window()));
  }

  private Map<Place, Streak> streaksAfter(Outcomes outcomes, Instant from) {
    Map<Place, Streak> next = new HashMap<>(streaks);
    next.values().removeIf(streak -> streak.isOver(from));
    for (Seen seen : outcomes.seen()) {
      Place place = new Place(seen.instance(), outcomes.observer());
      Streak streak = next.getOrDefault(place, Streak.NONE).after(seen.tally(), from);
      if (streak.equals(Streak.NONE)) {
        next.remove(place);
      } else if (next.size() < MOST_SAMPLES || next.containsKey(place)) {
        next.put(place, streak);
      }
    }
    return next;
  }

  private Slice with(Slice slice, Outcomes outcomes) {
    Duration late = thresholds.p99().orElse(Duration.ofDays(1));
    Map<Place, Sample> samples = new HashMap<>(slice.samples());
    for (Seen seen : outcomes.seen()) {
      Place place = new Place(seen.instance(), outcomes.observer());
      if (samples.size() < MOST_SAMPLES || samples.containsKey(place)) {
        samples.merge(place, Sample.of(seen, late), Sample::plus);
      }
    }
    return new Slice(samples);
  }

  private SortedMap<InstanceId, List<Witness>> witnesses(Instant now) {
    Map<Place, Sample> all = new HashMap<>();
    recent(now)
        .values()
        .forEach(
            slice ->
                slice.samples().forEach((place, some) -> all.merge(place, some, Sample::plus)));
    Map<String, Long> perObserver = new HashMap<>();
    all.forEach(
        (place, some) -> perObserver.merge(place.observer(), some.byOutcome().total(), Long::sum));
    SortedMap<InstanceId, List<Witness>> witnesses = new TreeMap<>();
    all.forEach(
        (place, some) ->
            witnesses
                .computeIfAbsent(place.instance(), _ -> new ArrayList<>())
                .add(
                    new Witness(
                        some,
                        perObserver.getOrDefault(place.observer(), 0L),
                        streaks.getOrDefault(place, Streak.NONE))));
    return witnesses;
  }
}
