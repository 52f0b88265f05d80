package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import java.time.Instant;
import java.util.Optional;

/**
 * A stable place that one instance after the other fills.
 *
 * @param version of the specification that the next launch in this slot runs
 * @param restarts launches after a failure
 * @param renewals launches in place of an earlier instance, whatever became of that
 * @param probation it was held, and has not been healthy for the reset time since
 */
public record Slot(
    int index,
    Role role,
    long version,
    Occupancy occupancy,
    long restarts,
    long renewals,
    boolean probation,
    Optional<LastLaunch> lastLaunch,
    Optional<Exit> lastExit) {

  /** The latest launch in this slot, whatever became of it. */
  public record LastLaunch(InstanceId id, NodeId node, Instant at) {}

  static Slot vacant(int index, Role role, long version) {
    return new Slot(
        index,
        role,
        version,
        new Occupancy.Vacant(),
        0,
        0,
        false,
        Optional.empty(),
        Optional.empty());
  }

  public Optional<Tenant> tenant() {
    return occupancy instanceof Occupancy.Occupied occupied
        ? Optional.of(occupied.tenant())
        : Optional.empty();
  }

  public boolean isReady() {
    return tenant().map(Tenant::isReady).orElse(false);
  }

  public boolean isActive() {
    return role == Role.ACTIVE;
  }

  public boolean isVacant() {
    return occupancy instanceof Occupancy.Vacant || occupancy instanceof Occupancy.Missing;
  }

  /** The latest moment at which its instance is known to have lived. */
  Optional<Instant> lastSign() {
    return occupancy instanceof Occupancy.Occupied(Tenant tenant)
            && tenant.progress() instanceof Tenant.Ready(_, Instant since)
        ? Optional.of(since)
        : lastLaunch.map(LastLaunch::at);
  }

  /** True when later ones, which need this one, may start: it has been ready, or is done. */
  boolean hasComeUp() {
    return occupancy instanceof Occupancy.Ended || tenant().map(Tenant::hasBeenReady).orElse(false);
  }

  Slot with(Occupancy next) {
    return new Slot(
        index, role, version, next, restarts, renewals, probation, lastLaunch, lastExit);
  }

  Slot with(Role next) {
    return new Slot(
        index, next, version, occupancy, restarts, renewals, probation, lastLaunch, lastExit);
  }

  Slot atVersion(long next) {
    return new Slot(
        index, role, next, occupancy, restarts, renewals, probation, lastLaunch, lastExit);
  }

  Slot onProbation(boolean next) {
    return new Slot(
        index, role, version, occupancy, restarts, renewals, next, lastLaunch, lastExit);
  }

  Slot exited(Exit exit) {
    return new Slot(
        index,
        role,
        version,
        occupancy,
        restarts,
        renewals,
        probation,
        lastLaunch,
        Optional.of(exit));
  }

  /** It is in the slot already, whoever has launched it. */
  Slot holding(Tenant tenant, Instant at) {
    return new Slot(
        index,
        role,
        tenant.version(),
        new Occupancy.Occupied(tenant),
        restarts,
        renewals,
        probation,
        Optional.of(new LastLaunch(tenant.id(), tenant.node(), at)),
        lastExit);
  }

  Slot launched(Tenant tenant, Instant at, boolean afterFailure) {
    return new Slot(
        index,
        role,
        tenant.version(),
        new Occupancy.Occupied(tenant),
        restarts + (afterFailure ? 1 : 0),
        renewals + (lastLaunch.isPresent() ? 1 : 0),
        probation,
        Optional.of(new LastLaunch(tenant.id(), tenant.node(), at)),
        lastExit);
  }
}
