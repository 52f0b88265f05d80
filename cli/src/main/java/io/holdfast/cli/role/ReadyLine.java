package io.holdfast.cli.role;

import io.holdfast.cli.console.OutputLost;
import io.holdfast.cli.console.Terminal;
import java.net.InetSocketAddress;

/**
 * The one line that a role prints once it serves: {@code ready: <role> [http=..] [grpc=..]
 * [gateway=..]}.
 */
public record ReadyLine(String text) {

  public static ReadyLine of(String role) {
    return new ReadyLine("ready: " + role);
  }

  public ReadyLine http(InetSocketAddress address) {
    return with("http", address);
  }

  public ReadyLine grpc(InetSocketAddress address) {
    return with("grpc", address);
  }

  public ReadyLine gateway(InetSocketAddress address) {
    return with("gateway", address);
  }

  private ReadyLine with(String key, InetSocketAddress address) {
    return new ReadyLine(text + " " + key + "=" + SocketAddressText.of(address));
  }

  /** A role is there for its services, not for whoever started it: it goes on unread. */
  void print(Terminal terminal) {
    try {
      terminal.out().println(text);
    } catch (OutputLost _) {
      // Its log tells all the rest.
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
