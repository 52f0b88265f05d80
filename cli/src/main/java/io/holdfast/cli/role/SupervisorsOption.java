package io.holdfast.cli.role;

import java.net.InetSocketAddress;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --supervisor}: whom an agent or a gateway connects to, the first that answers. */
final class SupervisorsOption {

  @Option(
      names = "--supervisor",
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      converter = SocketAddressText.class,
      description = "gRPC addresses of supervisors, separated by commas.")
  private List<InetSocketAddress> addresses = List.of();

  List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }
}
