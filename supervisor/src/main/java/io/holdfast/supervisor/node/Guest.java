package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.wire.AgentWire;
import java.util.List;
import java.util.Optional;

/**
 * An agent that has introduced itself.
 *
 * @param agent names its process; blank when an earlier release does not say
 * @param snapshot what it knew when it did
 */
record Guest(
    NodeId id,
    NodeProfile profile,
    String agent,
    List<io.holdfast.protocol.agent.Report> snapshot) {

  Guest {
    snapshot = List.copyOf(snapshot);
  }

  /** Empty when the node id is none. */
  static Optional<Guest> read(Hello hello, String peer) {
    try {
      NodeProfile profile =
          new NodeProfile(
              hello.getAddress().isEmpty() ? peer : hello.getAddress(),
              hello.getZone(),
              hello.getLabelsMap(),
              hello.getCpus(),
              hello.getMemoryBytes(),
              hello.getBootId(),
              hello.getVersion(),
              hello.getTakesBudgets(),
              hello.getAttributesMap(),
              Optional.of(hello.getIdentity()).filter(text -> !text.isBlank()));
      return Optional.of(
          new Guest(
              new NodeId(hello.getNodeId()),
              profile,
              hello.getAgent(),
              hello.getSnapshot().getReportsList()));
    } catch (IllegalArgumentException e) {
      // The agent is told so by its refusal; there is nothing more to say of it here.
      return Optional.empty();
    }
  }

  /** Empty when the report makes no sense. */
  static Optional<Report> read(io.holdfast.protocol.agent.Report report) {
    try {
      return Optional.of(AgentWire.fromWire(report));
    } catch (IllegalArgumentException e) {
      // The caller logs it with the node's name.
      return Optional.empty();
    }
  }
}
