package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that is known of one service. Changes by {@link #after} alone. */
public sealed interface ServiceState {

  /** Nobody has ever asked for it. Instances that claim to be of it are left alone. */
  record Blank() implements ServiceState {
    @Override
    public Stream<Tenant> tenants() {
      return Stream.empty();
    }
  }

  /**
   * It is wanted.
   *
   * @param specs the versions that a slot, a rollout or an instance still needs, the newest
   *     included
   * @param slots by index; those beyond the specification's count are on their way out
   * @param budgets what failures have used up
   * @param delegations what agents may do without asking, per node
   * @param lastEpoch the highest one given out, to agents as well; 0 before the first
   * @param membership in a group
   * @param renewals of dependencies whose restarts matter, as last acted upon
   * @param commonCause while most instances exceed the thresholds or may do so
   * @param incidents what went wrong, and what was done about it
   * @param lost epochs of which nothing is known, since the journal was restored
   * @param relocation of an instance to another node; never begun while a rollout has a turn
   * @param reversion to an earlier version, which the catalogue is asked for
   */
  record Active(
      long version,
      SortedMap<Long, ServiceSpec> specs,
      SortedMap<Integer, Slot> slots,
      SortedMap<InstanceId, Outgoing> outgoing,
      Budgets budgets,
      SortedMap<NodeId, Delegation> delegations,
      Optional<Rollout> rollout,
      long lastEpoch,
      Membership membership,
      SortedMap<ServiceName, Long> renewals,
      Optional<CommonCause> commonCause,
      Incidents incidents,
      Optional<LostEpochs> lost,
      Optional<Relocation> relocation,
      Optional<Reversion> reversion)
      implements ServiceState {

    public Active {
      specs = Collections.unmodifiableSortedMap(new TreeMap<>(specs));
      slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
      outgoing = Collections.unmodifiableSortedMap(new TreeMap<>(outgoing));
      delegations = Collections.unmodifiableSortedMap(new TreeMap<>(delegations));
      renewals = Collections.unmodifiableSortedMap(new TreeMap<>(renewals));
    }

    public ServiceSpec spec() {
      return specOf(version);
    }

    /** The specification at a version that is still needed. */
    public ServiceSpec specOf(long wanted) {
      ServiceSpec spec = specs.get(wanted);
      if (spec == null) {
        throw new IllegalStateException("version " + wanted + " was dropped too early");
      }
      return spec;
    }

    /** True when slots start one after the other, since they need each other. */
    public boolean isOrdered() {
      return spec().restart().strategy().isOrdered();
    }

    /** What the agent of a node was told it may do; for saying it again. */
    public Optional<Budget> budgetOn(NodeId node, Instant now) {
      return Optional.ofNullable(delegations.get(node))
          .map(delegation -> Delegating.budget(this, delegation, now));
    }

    /** Whether it may have been launched after the backup from which the journal was restored. */
    boolean isLost(long epoch) {
      return lost.filter(epochs -> epochs.holds(epoch)).isPresent();
    }

    /**
     * Slots that stay with what an earlier version says until somebody acts, since their rollout
     * has failed and there was nothing to go back to.
     */
    public List<Integer> leftBehind() {
      return rollout.isPresent() || reversion.isPresent()
          ? List.of()
          : slots.headMap(spec().slots()).values().stream()
              .filter(slot -> SpecChange.runsDifferently(this, slot, spec()))
              .map(Slot::index)
              .toList();
    }

    /** Actives that are ready. */
    public int ready() {
      return (int)
          slots.headMap(spec().slots()).values().stream()
              .filter(slot -> slot.isActive() && slot.isReady())
              .count();
    }

    /** Those that may take the place of a lost active, the first of them first. */
    Stream<Slot> readyStandbys() {
      return slots.headMap(spec().slots()).values().stream()
          .filter(slot -> !slot.isActive() && slot.isReady());
    }

    Slot slot(int index) {
      Slot slot = slots.get(index);
      if (slot == null) {
        throw new IllegalStateException("there is no slot " + index);
      }
      return slot;
    }

    /** The slot whose present instance this is. */
    Optional<Slot> holding(InstanceId instance) {
      return Optional.ofNullable(slots.get(instance.slot()))
          .filter(slot -> slot.tenant().map(Tenant::id).equals(Optional.of(instance)));
    }

    /** An instance of the record, whatever its epoch; all others are long gone. */
    public boolean serves(InstanceId instance) {
      return holding(instance).isPresent()
          || incoming().filter(one -> one.id().equals(instance)).isPresent();
    }

    /** The new instance of a rollout or a relocation, before it has taken its slot. */
    public Optional<Tenant> incoming() {
      return rollout.flatMap(Rollout::incoming).or(() -> relocation.flatMap(Relocation::incoming));
    }

    /** The slot to which a new instance comes up beside the old one. */
    public Optional<Rollout.Surge> surge() {
      return rollout
          .flatMap(Rollout::turn)
          .flatMap(
              turn -> turn instanceof Rollout.Surge surge ? Optional.of(surge) : Optional.empty())
          .or(() -> relocation.flatMap(Relocation::surge));
    }

    boolean hasIncoming(int slot) {
      return incoming().filter(tenant -> tenant.id().slot() == slot).isPresent();
    }

    private Optional<Tenant> tenant(InstanceId instance) {
      return holding(instance)
          .flatMap(Slot::tenant)
          .or(() -> incoming().filter(one -> one.id().equals(instance)))
          .or(() -> Optional.ofNullable(outgoing.get(instance)).map(Outgoing::tenant));
    }

    @Override
    public Stream<Tenant> tenants() {
      return Stream.concat(
          Stream.concat(
              slots.values().stream().flatMap(slot -> slot.tenant().stream()), incoming().stream()),
          outgoing.values().stream().map(Outgoing::tenant));
    }
  }

  /**
   * It is not wanted any more.
   *
   * @param version of the deletion
   * @param outgoing instances on their way out; empty once the removal has ended
   * @param lastEpoch kept, so that a service of the same name never reuses one
   */
  record Gone(long version, SortedMap<InstanceId, Outgoing> outgoing, long lastEpoch)
      implements ServiceState {
    public Gone {
      outgoing = Collections.unmodifiableSortedMap(new TreeMap<>(outgoing));
    }

    @Override
    public Stream<Tenant> tenants() {
      return outgoing.values().stream().map(Outgoing::tenant);
    }
  }

  /** Every instance that is not known to be gone. */
  Stream<Tenant> tenants();

  /** The state once {@code event} has happened. */
  default ServiceState after(ServiceEvent event) {
    return Evolution.after(this, event);
  }

  /** Every instance that is not known to be gone, in their order. */
  default Map<InstanceId, Tenant> living() {
    SortedMap<InstanceId, Tenant> living = new TreeMap<>();
    tenants().forEach(tenant -> living.put(tenant.id(), tenant));
    return living;
  }

  /** An instance, unless it is known to be gone. */
  default Optional<Tenant> living(InstanceId instance) {
    return switch (this) {
      case Blank() -> Optional.empty();
      case Active active -> active.tenant(instance);
      case Gone gone -> Optional.ofNullable(gone.outgoing().get(instance)).map(Outgoing::tenant);
    };
  }
}
