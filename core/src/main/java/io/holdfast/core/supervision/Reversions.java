package io.holdfast.core.supervision;

import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Back to the version that worked before, when a new one does not. */
final class Reversions {

  private Reversions() {}

  /**
   * The version to which a service can go back should {@code next} fail: what worked before all
   * that is under way, or else what most of its instances run that have been ready. Where {@code
   * next} is itself the way back, it is that: nothing can follow from its failure, but what comes
   * in the middle can go back to it.
   */
  static Optional<Long> target(Active active, ServiceSpec next, long version) {
    return active
        .reversion()
        .map(Reversion::to)
        .or(() -> active.rollout().flatMap(Rollout::from))
        .map(known -> next.runsDifferently(active.specOf(known)) ? known : Long.valueOf(version))
        .or(() -> inUse(active, next));
  }

  /** What a few slots run besides may be left over from a version that has failed. */
  private static Optional<Long> inUse(Active active, ServiceSpec next) {
    SortedMap<Long, Long> counts =
        active.slots().values().stream()
            .filter(slot -> slot.tenant().filter(Tenant::hasBeenReady).isPresent())
            .filter(slot -> SpecChange.runsDifferently(active, slot, next))
            .collect(Collectors.groupingBy(Slot::version, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Long, Long>comparingByValue()
                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
        .map(Map.Entry::getKey);
  }

  /** Where a rollout can go back to now; not where it is itself the way back. */
  static Optional<Long> back(Active active, Rollout rollout) {
    return rollout
        .from()
        .filter(_ -> active.spec().rollout().autoRevert())
        .filter(to -> active.spec().runsDifferently(active.specOf(to)));
  }

  /** Its version has failed, and the catalogue has been asked for another: that is awaited. */
  static boolean isLeft(Active active, Slot slot) {
    return active.reversion().filter(back -> back.failed() == slot.version()).isPresent();
  }

  /** Why a version is rolled out, in words. */
  static String cause(Draft draft, ServiceInput.Ensured input) {
    return draft
        .active()
        .flatMap(active -> back(active, input.spec()))
        .map(
            reversion ->
                "version %d is back to version %d, since version %d failed: %s"
                    .formatted(
                        input.version(), reversion.to(), reversion.failed(), reversion.why()))
        .orElseGet(() -> "version " + input.version());
  }

  /** What {@code next} follows from, if it is the way back. */
  static Optional<Reversion> back(Active active, ServiceSpec next) {
    return active
        .reversion()
        .filter(reversion -> !next.runsDifferently(active.specOf(reversion.to())));
  }

  static void refused(Draft draft, ServiceInput.RevertRefused input) {
    draft
        .active()
        .flatMap(Active::reversion)
        .filter(reversion -> reversion.failed() == input.failed())
        .ifPresent(
            _ ->
                draft.record(
                    new ServiceEvent.ReversionRefused(input.failed(), input.why(), draft.now())));
  }

  /** What is to follow from a rollout that has ended so. */
  static Optional<Reversion> after(Rollout rollout, ServiceEvent.RolloutEnded event) {
    return event.back().map(to -> new Reversion(rollout.version(), to, event.failure().orElse("")));
  }
}
