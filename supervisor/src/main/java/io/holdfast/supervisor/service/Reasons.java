package io.holdfast.supervisor.service;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.supervision.CommonCause;
import io.holdfast.core.supervision.Membership;
import io.holdfast.core.supervision.Occupancy;
import io.holdfast.core.supervision.Regard;
import io.holdfast.core.supervision.Reversion;
import io.holdfast.core.supervision.Rollout;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.Slot;
import io.holdfast.core.supervision.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Why a service does not run as wanted: what it waits for, each in a plain fragment. */
final class Reasons {

  private final Active active;
  private final List<String> reasons = new ArrayList<>();

  private Reasons(Active active) {
    this.active = active;
  }

  /**
   * What the service waits for.
   *
   * @param problems why slots have no place, by slot
   */
  static List<String> of(Active active, Set<ServiceName> unmet, Map<Integer, String> problems) {
    Reasons reasons = new Reasons(active);
    if (active.membership() instanceof Membership.Halted(var group, _)) {
      reasons.add("its group " + group + " to let it run");
    }
    active.spec().dependsOn().stream()
        .filter(dependency -> unmet.contains(dependency.service()))
        .forEach(reasons::dependency);
    active.commonCause().ifPresent(reasons::commonCause);
    active.slots().values().forEach(slot -> reasons.slot(slot, problems));
    reasons.newcomer(problems);
    active.reversion().ifPresent(reasons::reversion);
    reasons.leftBehind();
    return reasons.reasons;
  }

  private void dependency(Dependency dependency) {
    add(dependency.service() + " to be " + dependency.condition().name().toLowerCase(Locale.ROOT));
  }

  private void commonCause(CommonCause cause) {
    add(
        "most instances to do well again: %s since %s, so nobody is isolated or restarted (%s: %s)"
            .formatted(cause.summary(), millis(cause.since()), cause.worst(), cause.evidence()));
  }

  private void slot(Slot slot, Map<Integer, String> problems) {
    int index = slot.index();
    switch (slot.occupancy()) {
      case Occupancy.Vacant(), Occupancy.Missing _ -> vacant(index, problems);
      case Occupancy.BackingOff(_, var until) ->
          add("the backoff of slot " + index + ", until " + millis(until));
      case Occupancy.Fenced(var until) ->
          add("the lease of the instance before in slot " + index + ", until " + millis(until));
      case Occupancy.Escalated _ ->
          add(
              "a decision of group "
                  + active.membership().parent().map(Object::toString).orElse("?")
                  + " on slot "
                  + index);
      case Occupancy.Held(var until) ->
          add("the next try of slot " + index + ", held until " + millis(until));
      case Occupancy.Occupied(var tenant) -> occupied(tenant);
      case Occupancy.Ended() -> {}
    }
  }

  private void occupied(Tenant tenant) {
    if (tenant.regard() instanceof Regard.Isolated(_, Instant until)) {
      add("the end of the isolation of " + tenant.id() + ", until " + millis(until));
    }
  }

  private void vacant(int index, Map<Integer, String> problems) {
    if (problems.containsKey(index)) {
      add("a node for slot " + index + ": " + problems.get(index));
    } else if (active.isOrdered() && !active.membership().isHalted()) {
      add("the slots before slot " + index + ", which start first, or later ones that still end");
    }
  }

  /** The one that is to come up beside the old one. */
  private void newcomer(Map<Integer, String> problems) {
    active
        .surge()
        .filter(turn -> turn.newcomer() instanceof Rollout.Newcomer.Wanted)
        .map(Rollout.Surge::slot)
        .filter(problems::containsKey)
        .ifPresent(
            slot -> add("a node for the new instance of slot " + slot + ": " + problems.get(slot)));
  }

  private void reversion(Reversion reversion) {
    add(
        "the catalogue to go back from version %d to version %d, since %s"
            .formatted(reversion.failed(), reversion.to(), reversion.why()));
  }

  private void leftBehind() {
    List<Integer> slots = active.leftBehind();
    if (!slots.isEmpty()) {
      add(
          "a restart, or another version: version %d was given up, and slots %s run an earlier one"
              .formatted(active.version(), slots));
    }
  }

  private void add(String reason) {
    reasons.add(reason);
  }

  private static Instant millis(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS);
  }
}
