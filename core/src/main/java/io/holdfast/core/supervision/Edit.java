package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A copy of an active service with some parts replaced. A map is copied when the first of its
 * entries is replaced: those of a state are no {@link TreeMap}, but show one that nobody changes.
 */
final class Edit {

  private long version;
  private SortedMap<Long, ServiceSpec> specs;
  private SortedMap<Integer, Slot> slots;
  private SortedMap<InstanceId, Outgoing> outgoing;
  private Budgets budgets;
  private SortedMap<NodeId, Delegation> delegations;
  private Optional<Rollout> rollout;
  private long lastEpoch;
  private Membership membership;
  private SortedMap<ServiceName, Long> renewals;
  private Optional<CommonCause> commonCause;
  private Incidents incidents;
  private Optional<LostEpochs> lost;
  private Optional<Relocation> relocation;
  private Optional<Reversion> reversion;

  private Edit(Active active) {
    version = active.version();
    specs = active.specs();
    slots = active.slots();
    outgoing = active.outgoing();
    budgets = active.budgets();
    delegations = active.delegations();
    rollout = active.rollout();
    lastEpoch = active.lastEpoch();
    membership = active.membership();
    renewals = active.renewals();
    commonCause = active.commonCause();
    incidents = active.incidents();
    lost = active.lost();
    relocation = active.relocation();
    reversion = active.reversion();
  }

  static Edit of(Active active) {
    return new Edit(active);
  }

  Edit spec(long next, ServiceSpec spec) {
    version = next;
    specs = own(specs);
    specs.put(next, spec);
    return this;
  }

  Edit slot(Slot slot) {
    slots = own(slots);
    slots.put(slot.index(), slot);
    return this;
  }

  /**
   * One that is not to begin with the newest version has a turn in the rollout that is under way.
   */
  Edit addedSlot(Slot slot) {
    if (slot.version() != version) {
      rollout = rollout.map(current -> current.waitedFor(slot.index()));
    }
    return slot(slot);
  }

  Edit withoutSlot(int index) {
    slots = own(slots);
    slots.remove(index);
    rollout = rollout.map(current -> current.without(index));
    relocation = relocation.filter(current -> !isOf(current, index));
    return this;
  }

  Edit outgoing(SortedMap<InstanceId, Outgoing> next) {
    outgoing = next;
    return this;
  }

  Edit leaving(Outgoing instance) {
    SortedMap<InstanceId, Outgoing> more = new TreeMap<>(outgoing);
    more.put(instance.tenant().id(), instance);
    outgoing = more;
    return this;
  }

  Edit budgets(Budgets next) {
    budgets = next;
    return this;
  }

  Edit delegation(NodeId node, Delegation delegation) {
    delegations = own(delegations);
    delegations.put(node, delegation);
    return this;
  }

  Edit membership(Membership next) {
    membership = next;
    return this;
  }

  Edit renewals(ServiceName dependency, long count) {
    renewals = own(renewals);
    renewals.put(dependency, count);
    return this;
  }

  Edit commonCause(Optional<CommonCause> next) {
    commonCause = next;
    return this;
  }

  Edit incidents(Incidents next) {
    incidents = next;
    return this;
  }

  Edit lost(LostEpochs next) {
    lost = Optional.of(next);
    return this;
  }

  Edit rollout(Optional<Rollout> next) {
    rollout = next;
    return this;
  }

  Edit relocation(Optional<Relocation> next) {
    relocation = next;
    return this;
  }

  Edit reversion(Optional<Reversion> next) {
    reversion = next;
    return this;
  }

  private static boolean isOf(Relocation relocation, int slot) {
    return relocation.surge().filter(turn -> turn.slot() == slot).isPresent();
  }

  /**
   * How far the present turn or relocation is with its new instance; nothing where neither can have
   * one.
   */
  Edit newcomer(Rollout.Newcomer next) {
    return surge(surge -> surge.with(next));
  }

  /** The present turn or relocation has its new instance; nothing where neither can have one. */
  Edit launched(Tenant newcomer, Instant at) {
    return surge(surge -> surge.launched(newcomer, at));
  }

  private Edit surge(UnaryOperator<Rollout.Surge> next) {
    rollout =
        rollout.map(
            current ->
                current.turn().orElse(null) instanceof Rollout.Surge surge
                    ? current.with(next.apply(surge))
                    : current);
    relocation =
        relocation.map(
            current ->
                current instanceof Relocation.UnderWay(var purpose, var surge)
                    ? new Relocation.UnderWay(purpose, next.apply(surge))
                    : current);
    return this;
  }

  Edit lastEpoch(long epoch) {
    lastEpoch = Math.max(lastEpoch, epoch);
    return this;
  }

  /** The result; versions that nothing refers to any more are dropped. */
  Active state() {
    // The newest is always needed, so one alone is not worth the look at every slot.
    if (specs.size() > 1) {
      specs = own(specs);
      specs.keySet().retainAll(neededVersions());
    }
    return new Active(
        version,
        specs,
        slots,
        outgoing,
        budgets,
        delegations,
        rollout,
        lastEpoch,
        membership,
        renewals,
        commonCause,
        incidents,
        lost,
        relocation,
        reversion);
  }

  private static <K, V> SortedMap<K, V> own(SortedMap<K, V> map) {
    return map instanceof TreeMap ? map : new TreeMap<>(map);
  }

  private Set<Long> neededVersions() {
    Set<Long> needed = new HashSet<>();
    needed.add(version);
    slots.values().forEach(slot -> needed.add(slot.version()));
    slots.values().forEach(slot -> slot.tenant().ifPresent(tenant -> needed.add(tenant.version())));
    outgoing.values().forEach(out -> needed.add(out.tenant().version()));
    rollout.ifPresent(current -> needed.add(current.version()));
    rollout.flatMap(Rollout::from).ifPresent(needed::add);
    rollout.flatMap(Rollout::incoming).ifPresent(tenant -> needed.add(tenant.version()));
    relocation.flatMap(Relocation::incoming).ifPresent(tenant -> needed.add(tenant.version()));
    reversion.ifPresent(back -> needed.add(back.to()));
    return needed;
  }
}
