package io.holdfast.cli.role;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/** Where a gateway takes requests. */
public final class GatewayListener {

  @Option(
      names = "--listen",
      paramLabel = "ADDR:PORT",
      defaultValue = "127.0.0.1:8080",
      converter = SocketAddressText.class,
      description = "Requests for services. Default: ${DEFAULT-VALUE}")
  private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

  public InetSocketAddress listen() {
    return listen;
  }
}
