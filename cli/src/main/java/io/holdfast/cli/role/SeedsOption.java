package io.holdfast.cli.role;

import io.holdfast.supervisor.Seeds;
import java.net.InetSocketAddress;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --seed}: the supervisors that make a cluster. */
final class SeedsOption {

  @Option(
      names = "--seed",
      split = ",",
      paramLabel = "ADDR:PORT",
      converter = SocketAddressText.class,
      description =
          "The --cluster addresses of all supervisors, this one's as well, the same on each."
              + " Without it a supervisor is alone.")
  private List<InetSocketAddress> addresses = List.of();

  Seeds seeds() {
    return new Seeds(addresses);
  }
}
