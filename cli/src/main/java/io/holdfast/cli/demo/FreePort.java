package io.holdfast.cli.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The demo makes way for whoever has its usual ports. */
final class FreePort {

  private FreePort() {}

  /**
   * {@code asked}, or any free port when it is the {@code usual} one and in use. A port that the
   * user chose is never swapped: starting on it says that it is in use.
   */
  static InetSocketAddress unlessFree(InetSocketAddress asked, int usual) {
    return asked.getPort() != usual || isFree(asked)
        ? asked
        : new InetSocketAddress(asked.getAddress(), 0);
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException _) {
      // In use is the only answer that matters here.
      return false;
    }
  }
}
