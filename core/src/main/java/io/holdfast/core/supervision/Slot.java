package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import java.util.Optional;

/**
 * A stable place that one instance after the other fills.
 *
 * @param version of the specification that the next launch in this slot runs
 * @param restarts launches after a failure
 */
public record Slot(
    int index,
    Role role,
    long version,
    Occupancy occupancy,
    long restarts,
    Optional<LastLaunch> lastLaunch,
    Optional<Exit> lastExit) {

  /** The latest launch in this slot, whatever became of it. */
  public record LastLaunch(InstanceId id, NodeId node) {}

  static Slot vacant(int index, Role role, long version) {
    return new Slot(
        index, role, version, new Occupancy.Vacant(), 0, Optional.empty(), Optional.empty());
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

  Slot with(Occupancy next) {
    return new Slot(index, role, version, next, restarts, lastLaunch, lastExit);
  }

  Slot with(Role next) {
    return new Slot(index, next, version, occupancy, restarts, lastLaunch, lastExit);
  }

  Slot atVersion(long next) {
    return new Slot(index, role, next, occupancy, restarts, lastLaunch, lastExit);
  }

  Slot exited(Exit exit) {
    return new Slot(index, role, version, occupancy, restarts, lastLaunch, Optional.of(exit));
  }

  Slot launched(Tenant tenant, boolean afterFailure) {
    return new Slot(
        index,
        role,
        tenant.version(),
        new Occupancy.Occupied(tenant),
        restarts + (afterFailure ? 1 : 0),
        Optional.of(new LastLaunch(tenant.id(), tenant.node())),
        lastExit);
  }
}
