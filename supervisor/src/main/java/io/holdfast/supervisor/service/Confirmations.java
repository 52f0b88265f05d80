package io.holdfast.supervisor.service;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.node.NodeActor;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells nodes what of one service should be on them: they answer where their agent has said
 * something else. So whatever got lost on the way is found out.
 */
final class Confirmations {

  private final ServiceName name;
  private final ServicePorts ports;
  private final Rounds rounds;

  /** Nodes that were told of something, and not yet that nothing is left there. */
  private final Set<NodeId> told = new HashSet<>();

  /** Empty after each change, and found out anew when it is needed. */
  private final NavigableSet<NodeId> footprint = new TreeSet<>();

  Confirmations(ServiceName name, ServicePorts ports) {
    this.name = name;
    this.ports = ports;
    this.rounds = new Rounds(ports.rounds());
  }

  /** The state is another one. */
  void changed() {
    footprint.clear();
  }

  /** What agents have said while the journal was away was not acted upon: all are asked again. */
  void restart() {
    rounds.restart();
  }

  /** Those whose turn it is. */
  void tick(ServiceState state) {
    confirm(state, rounds.next(footprint(state), ports.roster().closed()));
  }

  void confirm(ServiceState state, Set<NodeId> nodes) {
    if (!nodes.isEmpty()) {
      Footprint.on(name, state, nodes, ports.clock().instant()).forEach(this::confirm);
    }
  }

  private NavigableSet<NodeId> footprint(ServiceState state) {
    if (footprint.isEmpty()) {
      footprint.addAll(told);
      footprint.addAll(Footprint.nodes(state));
    }
    return footprint;
  }

  private void confirm(NodeId node, NodeActor.Confirm confirm) {
    boolean nothing = confirm.slots().isEmpty() && confirm.instances().isEmpty();
    if (nothing ? told.remove(node) : told.add(node)) {
      footprint.clear();
    }
    ports.sharding().entityRefFor(NodeActor.KEY, node.value()).tell(confirm);
  }
}
