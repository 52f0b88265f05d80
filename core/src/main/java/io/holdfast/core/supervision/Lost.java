package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.Restoration;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was decided after the backup from which the journal was restored, and is not known any more:
 * its epochs are void, and what was launched with them is found as the agents tell of it.
 */
final class Lost {

  private Lost() {}

  /** Epochs below the restoration's may have been given out by a service of the same name. */
  static void lift(Draft draft, Restoration restored) {
    draft
        .active()
        .map(active -> restored.epochs() - active.lastEpoch())
        .filter(missing -> missing > 0)
        .ifPresent(
            missing ->
                draft.record(new ServiceEvent.EpochsLifted(missing, restored.at(), draft.now())));
  }

  /** Counting begins anew for every agent: what it was given to use is not known. */
  static Active lifted(Active active, ServiceEvent.EpochsLifted event) {
    long last = active.lastEpoch() + event.by();
    Edit edit = Edit.of(active).lastEpoch(last).lost(new LostEpochs(active.lastEpoch(), last));
    active.delegations().keySet().forEach(node -> edit.delegation(node, Delegation.none(last)));
    if (active.spec().exclusivity().required()) {
      Instant until = event.restored().plus(longestLife(active.spec()));
      active
          .slots()
          .values()
          .forEach(slot -> edit.slot(slot.with(fenced(slot.occupancy(), until))));
    }
    return edit.state();
  }

  /** Nothing that an agent without a supervisor guards lives longer. */
  private static Duration longestLife(ServiceSpec spec) {
    return spec.exclusivity().lease().plus(spec.stop().grace()).plus(Judgement.FENCE_MARGIN);
  }

  private static Occupancy fenced(Occupancy occupancy, Instant until) {
    return switch (occupancy) {
      case Occupancy.Vacant(), Occupancy.Missing _, Occupancy.Escalated _ ->
          new Occupancy.Fenced(until);
      case Occupancy.BackingOff(var node, var wait) ->
          new Occupancy.BackingOff(node, later(wait, until));
      case Occupancy.Fenced(var wait) -> new Occupancy.Fenced(later(wait, until));
      case Occupancy.Held(var wait) -> new Occupancy.Held(later(wait, until));
      case Occupancy.Occupied _, Occupancy.Ended() -> occupancy;
    };
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * An instance that is not on record lives. One of the time that is lost keeps its slot until a
   * known one can take over, or ends before another starts where none may run twice; any other is
   * not wanted.
   */
  static void stranger(Draft draft, Report.Alive alive, NodeId node) {
    Optional<Active> finder = draft.active().filter(active -> isOfLostTime(active, alive));
    if (finder.isEmpty()) {
      draft.then(new ServiceEffect.Stop(alive.instance(), node));
    } else if (finder.get().spec().exclusivity().required()) {
      end(draft, alive.instance(), node, finder.get().version());
    } else if (mayKeepItsSlot(finder.get(), alive)) {
      adopt(draft, finder.get(), alive.instance(), node);
    } else {
      draft.then(new ServiceEffect.Stop(alive.instance(), node));
    }
  }

  /** Whatever was launched in its slot since stands on record. */
  private static boolean isOfLostTime(Active active, Report.Alive alive) {
    Slot slot = active.slots().get(alive.instance().slot());
    long epoch = alive.instance().epoch();
    return active.isLost(epoch)
        && slot != null
        && slot.lastLaunch().map(last -> last.id().epoch() < epoch).orElse(true);
  }

  private static boolean mayKeepItsSlot(Active active, Report.Alive alive) {
    int slot = alive.instance().slot();
    return alive.phase() == Phase.READY
        && slot < active.spec().slots()
        && !active.hasIncoming(slot)
        && !active.membership().isHalted();
  }

  private static void end(Draft draft, InstanceId instance, NodeId node, long version) {
    draft.record(new ServiceEvent.StrangerFound(instance, node, version, draft.now()));
    draft.stop(Tenant.launching(instance, node, version, draft.now()));
  }

  private static void adopt(Draft draft, Active active, InstanceId instance, NodeId node) {
    active
        .slot(instance.slot())
        .tenant()
        .ifPresent(tenant -> draft.drain(tenant.id(), instance + " has taken its slot"));
    draft.record(new ServiceEvent.InstanceAdopted(instance, node, active.version(), draft.now()));
    Rollouts.begin(
        draft,
        new TreeSet<>(Set.of(instance.slot())),
        instance + " was launched by a version that is not known any more");
  }

  static Active adopted(Active active, ServiceEvent.InstanceAdopted event) {
    Tenant tenant = Tenant.launching(event.instance(), event.node(), event.version(), event.at());
    Slot slot = active.slot(event.instance().slot());
    return Edit.of(active).slot(slot.holding(tenant, event.at())).state();
  }

  static Active found(Active active, ServiceEvent.StrangerFound event) {
    Tenant tenant = Tenant.launching(event.instance(), event.node(), event.version(), event.at());
    return Edit.of(active).leaving(new Outgoing(tenant, false, event.at())).state();
  }
}
