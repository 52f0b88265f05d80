package io.holdfast.agent.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A connection that is accepted passes, and is closed at once. */
final class TcpCheck {

  private TcpCheck() {}

  static ProbeResult connect(InetSocketAddress address, Duration timeout) throws NotMade {
    String what = "connection to port " + address.getPort();
    try (Socket socket = new Socket()) {
      int millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
      socket.connect(address, millis);
      return ProbeResult.passed();
    } catch (SocketTimeoutException e) {
      return ProbeResult.missed(what + " not accepted within " + timeout.toMillis() + "ms");
    } catch (IOException e) {
      return ProbeResult.failed(what, e);
    }
  }
}
