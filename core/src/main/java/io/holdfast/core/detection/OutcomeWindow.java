package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outcomes of one service's requests in the last while, by who saw them and on which instance.
 *
 * <p>Slides by tenths of the window. It is kept nowhere: a supervisor that begins anew waits until
 * it has seen enough again.
 *
 * @param slices oldest first
 */
public record OutcomeWindow(Thresholds thresholds, List<Slice> slices) {

  private static final int SLICES = 10;

  /** Observers times instances that a slice counts; what comes beyond them is no evidence. */
  static final int MOST_SAMPLES = 20_000;

  public OutcomeWindow {
    slices = List.copyOf(slices);
  }

  /** Who saw what from a moment on. */
  record Slice(Instant from, Map<Place, Sample> samples) {
    Slice {
      samples = Map.copyOf(samples);
    }
  }

  record Place(InstanceId instance, String observer) {}

  public static OutcomeWindow empty(Thresholds thresholds) {
    return new OutcomeWindow(thresholds, List.of());
  }

  /** A report that covers more than the window says nothing of when in it something was. */
  public OutcomeWindow heard(Outcomes outcomes, Instant now) {
    if (outcomes.over().compareTo(thresholds.window()) > 0) {
      return this;
    }
    List<Slice> next = new ArrayList<>(recent(now));
    Slice last =
        !next.isEmpty() && next.getLast().from().plus(step()).isAfter(now)
            ? next.removeLast()
            : new Slice(now, Map.of());
    next.add(with(last, outcomes));
    return new OutcomeWindow(thresholds, next);
  }

  /** Every instance that was seen, in order. */
  public List<Finding> findings(Instant now) {
    SortedMap<InstanceId, List<Witness>> witnesses = witnesses(now);
    return witnesses.entrySet().stream()
        .map(entry -> Criterion.worst(entry.getKey(), entry.getValue(), thresholds))
        .toList();
  }

  private Duration step() {
    return thresholds.window().dividedBy(SLICES);
  }

  private List<Slice> recent(Instant now) {
    Instant oldest = now.minus(thresholds.window());
    return slices.stream().filter(slice -> slice.from().isAfter(oldest)).toList();
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
    return new Slice(slice.from(), samples);
  }

  private SortedMap<InstanceId, List<Witness>> witnesses(Instant now) {
    Map<Place, Sample> all = new HashMap<>();
    recent(now)
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
                .add(new Witness(some, perObserver.getOrDefault(place.observer(), 0L))));
    return witnesses;
  }
}
