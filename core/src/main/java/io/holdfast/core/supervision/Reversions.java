package io.holdfast.core.supervision;

import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.Optional;

/** Back to the version that worked before, when a new one does not. */
final class Reversions {

  private Reversions() {}

  /**
   * The version to which a service can go back should {@code next} fail: what its instances, which
   * have been ready, run now. None where {@code next} is itself the way back.
   */
  static Optional<Long> target(Active active, ServiceSpec next) {
    Optional<Long> known =
        active.reversion().map(Reversion::to).or(() -> active.rollout().flatMap(Rollout::from));
    return known.isPresent()
        ? known.filter(version -> next.runsDifferently(active.specOf(version)))
        : active.slots().values().stream()
            .filter(slot -> slot.tenant().filter(Tenant::hasBeenReady).isPresent())
            .filter(slot -> SpecChange.runsDifferently(active, slot, next))
            .map(Slot::version)
            .findFirst();
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

  private static Optional<Reversion> back(Active active, ServiceSpec next) {
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
