package io.holdfast.agent;

import io.holdfast.agent.log.LogLimits;
import io.holdfast.core.NodeId;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent must be told.
 *
 * @param channels by which supervisors are reached
 * @param supervisors at least one; tried in turn
 * @param address where the instances of this host are reached; absent: the address the link to the
 *     supervisor comes from
 * @param zone may be blank
 * @param data the agent's own directory, which no other agent may use
 * @param logs how much is kept of what each launch prints
 * @param portable true to do without native calls even where the host has them
 * @param housed true for one in the process of its only supervisor: no other agent can take its
 *     node over, so several may be on one host and bear its name
 */
public record AgentSettings(
    SupervisorChannels channels,
    List<InetSocketAddress> supervisors,
    NodeId node,
    Optional<String> address,
    String zone,
    Map<String, String> labels,
    Path data,
    PortRange autoPorts,
    LogLimits logs,
    boolean portable,
    boolean housed) {

  public AgentSettings {
    supervisors = List.copyOf(supervisors);
    labels = Map.copyOf(labels);
    if (supervisors.isEmpty()) {
      throw new IllegalArgumentException("expected at least one supervisor");
    }
  }

  /** Housed, in plain text, with the usual limits of logs, and by the best means of the host. */
  public AgentSettings(
      List<InetSocketAddress> supervisors,
      NodeId node,
      Optional<String> address,
      String zone,
      Map<String, String> labels,
      Path data,
      PortRange autoPorts) {
    this(
        SupervisorChannels.open(),
        supervisors,
        node,
        address,
        zone,
        labels,
        data,
        autoPorts,
        LogLimits.DEFAULT,
        false,
        true);
  }
}
