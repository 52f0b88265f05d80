package io.holdfast.balancer.gateway;

import io.holdfast.protocol.security.SupervisorChannels;
import io.holdfast.protocol.security.TlsFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway needs to start.
 *
 * @param channels by which supervisors are reached
 * @param supervisors any of which is followed; at least one
 * @param listen where requests come in; port 0 takes a free one
 * @param http where metrics and health are served; nowhere when empty
 * @param zone where it is; blank when that does not matter
 * @param data keeps the last view
 * @param tls what clients of HTTP are met with; in plain text when empty
 */
public record GatewaySettings(
    SupervisorChannels channels,
    List<InetSocketAddress> supervisors,
    InetSocketAddress listen,
    Optional<InetSocketAddress> http,
    String zone,
    Path data,
    Optional<TlsFiles> tls) {

  /** In plain text, from nowhere in particular. */
  public GatewaySettings(
      List<InetSocketAddress> supervisors,
      InetSocketAddress listen,
      Optional<InetSocketAddress> http,
      Path data) {
    this(SupervisorChannels.open(), supervisors, listen, http, "", data, Optional.empty());
  }

  public GatewaySettings {
    supervisors = List.copyOf(supervisors);
    if (supervisors.isEmpty()) {
      throw new IllegalArgumentException("expected at least one supervisor");
    }
  }
}
