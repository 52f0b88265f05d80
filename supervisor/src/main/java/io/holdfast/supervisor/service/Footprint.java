package io.holdfast.supervisor.service;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.placement.Share;
import io.holdfast.core.supervision.Occupancy;
import io.holdfast.core.supervision.Outgoing;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Slot;
import io.holdfast.core.supervision.Tenant;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.reach.Target;
import io.holdfast.supervisor.node.Door;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.node.Words;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a service has instances and places. */
final class Footprint {

  private Footprint() {}

  static Set<NodeId> nodes(ServiceState state) {
    return state.tenants().map(Tenant::node).collect(Collectors.toSet());
  }

  static Map<NodeId, Integer> perNode(ServiceState state) {
    Map<NodeId, Integer> counts = new HashMap<>();
    state.tenants().forEach(tenant -> counts.merge(tenant.node(), 1, Integer::sum));
    return counts;
  }

  /** What nodes must know of the service: its places, and the instances that live there. */
  static Map<NodeId, NodeActor.Confirm> on(
      ServiceName name, ServiceState state, Set<NodeId> nodes, Instant now) {
    Map<NodeId, Map<InstanceId, Phase>> instances = new HashMap<>();
    Map<NodeId, Map<InstanceId, Door>> doors = new HashMap<>();
    Map<NodeId, Set<Integer>> slots = new HashMap<>();
    for (Tenant tenant : state.tenants().filter(one -> nodes.contains(one.node())).toList()) {
      instances
          .computeIfAbsent(tenant.node(), _ -> new HashMap<>())
          .put(tenant.id(), phase(state, tenant));
      door(state, tenant)
          .ifPresent(
              door ->
                  doors
                      .computeIfAbsent(tenant.node(), _ -> new HashMap<>())
                      .put(tenant.id(), door));
      slots.computeIfAbsent(tenant.node(), _ -> new HashSet<>()).add(tenant.id().slot());
    }
    Set<Integer> fixed = Set.of();
    Share share = Share.NONE;
    if (state instanceof ServiceState.Active active) {
      fixed = fixedPorts(active);
      share = share(active);
      for (Slot slot : active.slots().values()) {
        waitsFor(slot)
            .ifPresent(node -> slots.computeIfAbsent(node, _ -> new HashSet<>()).add(slot.index()));
      }
    }
    Map<NodeId, NodeActor.Confirm> confirms = new HashMap<>();
    for (NodeId node : nodes) {
      confirms.put(
          node,
          new NodeActor.Confirm(
              name,
              slots.getOrDefault(node, Set.of()),
              instances.getOrDefault(node, Map.of()),
              doors.getOrDefault(node, Map.of()),
              fixed,
              share.memory(),
              share.cpu(),
              budget(state, node, now)));
    }
    return confirms;
  }

  private static Optional<SupervisorMessage> budget(ServiceState state, NodeId node, Instant now) {
    return state instanceof ServiceState.Active active
        ? active.budgetOn(node, now).map(Words::budget)
        : Optional.empty();
  }

  private static Optional<Door> door(ServiceState state, Tenant tenant) {
    return state instanceof ServiceState.Active active
            && tenant.progress() instanceof Tenant.Ready(var running, _)
        ? door(active.specOf(tenant.version()).health().knownPort(), running)
        : Optional.empty();
  }

  private static Optional<Door> door(Optional<String> known, Tenant.Running running) {
    return known
        .flatMap(name -> Optional.ofNullable(running.ports().get(name)))
        .map(port -> new Door(new Target(running.address(), port), true))
        .or(
            () ->
                running.ports().values().stream()
                    .findFirst()
                    .map(port -> new Door(new Target(running.address(), port), false)));
  }

  /** As the agent would put it. */
  private static Phase phase(ServiceState state, Tenant tenant) {
    if (isStopping(state, tenant.id())) {
      return Phase.STOPPING;
    }
    return switch (tenant.progress()) {
      case Tenant.Launching _ -> Phase.STARTING;
      case Tenant.Started(_, boolean wasReady) -> wasReady ? Phase.UNREADY : Phase.STARTING;
      case Tenant.Ready _ -> Phase.READY;
    };
  }

  private static boolean isStopping(ServiceState state, InstanceId instance) {
    Outgoing out =
        switch (state) {
          case ServiceState.Blank() -> null;
          case ServiceState.Active active -> active.outgoing().get(instance);
          case ServiceState.Gone gone -> gone.outgoing().get(instance);
        };
    return out != null && out.stopping();
  }

  /** The node on which a slot will be launched again without asking for a place. */
  private static Optional<NodeId> waitsFor(Slot slot) {
    return slot.occupancy() instanceof Occupancy.BackingOff(var node, _)
        ? Optional.of(node)
        : Optional.empty();
  }

  /** What each instance asks for of its host. */
  static Share share(ServiceState.Active active) {
    return Share.of(active.spec().process().resources());
  }

  static Set<Integer> fixedPorts(ServiceState.Active active) {
    return active.spec().process().ports().stream()
        .flatMapToInt(port -> port.number().stream())
        .boxed()
        .collect(Collectors.toSet());
  }
}
