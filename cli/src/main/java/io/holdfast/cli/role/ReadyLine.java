package io.holdfast.cli.role;

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

  @Override
  public String toString() {
    return text;
  }
}
