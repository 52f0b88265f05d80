package io.holdfast.supervisor.service;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.Occupancy;
import io.holdfast.core.supervision.Outgoing;
import io.holdfast.core.supervision.Regard;
import io.holdfast.core.supervision.Role;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.ServiceState.Active;
import io.holdfast.core.supervision.Slot;
import io.holdfast.core.supervision.Standing;
import io.holdfast.core.supervision.Tenant;
import io.holdfast.supervisor.api.ServiceDetail;
import io.holdfast.supervisor.api.ServiceDetail.InstanceStatus;
import io.holdfast.supervisor.api.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service as the admin API shows it. */
final class Details {

  private Details() {}

  static Optional<ServiceDetail> of(ServiceState state, Dealings dealings) {
    return state instanceof Active active
        ? Optional.of(of(active, dealings.unmet(state), dealings.placementProblems()))
        : Optional.empty();
  }

  private static ServiceDetail of(
      Active active, Set<ServiceName> unmet, Map<Integer, String> problems) {
    Standing standing = Standing.of(active, unmet.isEmpty());
    ServiceStatus status =
        new ServiceStatus(
            active.spec().name(),
            active.version(),
            standing.state().name().toLowerCase(Locale.ROOT),
            standing.desired(),
            standing.ready(),
            standing.standby(),
            standing.restarts(),
            false);
    return new ServiceDetail(
        status,
        active.spec(),
        instances(active),
        active.incidents().all(),
        Reasons.of(active, unmet, problems));
  }

  private static List<InstanceStatus> instances(Active active) {
    List<InstanceStatus> all = new ArrayList<>();
    for (Slot slot : active.slots().values()) {
      slot.tenant()
          .map(tenant -> instance(slot, tenant, word(tenant)))
          .or(() -> resting(slot))
          .ifPresent(all::add);
    }
    active
        .incoming()
        .map(tenant -> instance(active.slots().get(tenant.id().slot()), tenant, word(tenant)))
        .ifPresent(all::add);
    for (Outgoing out : active.outgoing().values()) {
      Slot slot = active.slots().get(out.tenant().id().slot());
      all.add(instance(slot, out.tenant(), out.stopping() ? "stopping" : "draining"));
    }
    return all;
  }

  private static InstanceStatus instance(@Nullable Slot slot, Tenant tenant, String word) {
    Optional<Tenant.Running> running =
        switch (tenant.progress()) {
          case Tenant.Launching _ -> Optional.empty();
          case Tenant.Started(var process, _) -> Optional.of(process);
          case Tenant.Ready(var process, _) -> Optional.of(process);
        };
    return new InstanceStatus(
        tenant.id(),
        tenant.node(),
        slot != null && slot.role() == Role.STANDBY,
        word,
        running.map(process -> OptionalLong.of(process.pid())).orElse(OptionalLong.empty()),
        running.map(Tenant.Running::address).orElse(""),
        running.map(Tenant.Running::ports).orElse(Map.of()),
        running.map(Tenant.Running::startedAt),
        tenant.progress() instanceof Tenant.Ready(_, var since)
            ? Optional.of(since)
            : Optional.empty(),
        slot == null ? 0 : slot.restarts(),
        slot == null ? Optional.empty() : slot.lastExit());
  }

  /** A slot between two instances shows the one that ended. */
  private static Optional<InstanceStatus> resting(Slot slot) {
    String word =
        switch (slot.occupancy()) {
          case Occupancy.BackingOff _ -> "backing-off";
          case Occupancy.Fenced _, Occupancy.Missing _ -> "lost";
          case Occupancy.Vacant _,
              Occupancy.Occupied _,
              Occupancy.Escalated _,
              Occupancy.Held _,
              Occupancy.Ended _ ->
              "exited";
        };
    return slot.lastLaunch()
        .map(
            last ->
                new InstanceStatus(
                    last.id(),
                    last.node(),
                    slot.role() == Role.STANDBY,
                    word,
                    OptionalLong.empty(),
                    "",
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    slot.restarts(),
                    slot.lastExit()));
  }

  /** A process that was ready once and is not now is unready; one that never was is starting. */
  private static String word(Tenant tenant) {
    return switch (tenant.progress()) {
      case Tenant.Launching _ -> "starting";
      case Tenant.Started started -> started.wasReady() ? "unready" : "starting";
      case Tenant.Ready _ -> word(tenant.regard());
    };
  }

  private static String word(Regard regard) {
    return switch (regard) {
      case Regard.Trusted(), Regard.OnProbation _ -> "ready";
      case Regard.Isolated _ -> "suspect";
      case Regard.Condemned(_, boolean stopping, _) -> stopping ? "stopping" : "draining";
    };
  }
}
