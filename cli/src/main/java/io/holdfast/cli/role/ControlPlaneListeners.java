package io.holdfast.cli.role;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/** Where a supervisor listens. */
public final class ControlPlaneListeners {

  @Option(
      names = "--http",
      paramLabel = "ADDR:PORT",
      defaultValue = "127.0.0.1:7400",
      converter = SocketAddressText.class,
      description = "Admin API and dashboard. Default: ${DEFAULT-VALUE}")
  private InetSocketAddress http = loopback(7400);

  @Option(
      names = "--grpc",
      paramLabel = "ADDR:PORT",
      defaultValue = "127.0.0.1:7401",
      converter = SocketAddressText.class,
      description = "Agents and gateways. Default: ${DEFAULT-VALUE}")
  private InetSocketAddress grpc = loopback(7401);

  @Option(
      names = "--cluster",
      paramLabel = "ADDR:PORT",
      defaultValue = "127.0.0.1:7402",
      converter = SocketAddressText.class,
      description = "Other supervisors. Default: ${DEFAULT-VALUE}")
  private InetSocketAddress cluster = loopback(7402);

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public InetSocketAddress http() {
    return http;
  }

  public InetSocketAddress grpc() {
    return grpc;
  }

  public InetSocketAddress cluster() {
    return cluster;
  }
}
