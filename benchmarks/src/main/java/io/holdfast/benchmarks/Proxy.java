package io.holdfast.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Stands in front of a port. What comes from a process that is cut off stays here in silence, and
 * goes on later, as what TCP sends again does.
 */
final class Proxy {

  private static final Duration LOOK = Duration.ofMillis(20);

  private final ServerSocket front;
  private final int target;
  private final Predicate<String> isCut;

  private Proxy(ServerSocket front, int target, Predicate<String> isCut) {
    this.front = front;
    this.target = target;
    this.isCut = isCut;
  }

  /** Asks for a connection again and again whether the one with this command line is cut off. */
  static Proxy to(int target, Predicate<String> isCut) throws IOException {
    Proxy proxy =
        new Proxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, isCut);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  int port() {
    return front.getLocalPort();
  }

  void close() throws IOException {
    front.close();
  }

  private void accept() {
    while (!front.isClosed()) {
      try {
        Socket caller = front.accept();
        Thread.ofVirtual().start(() -> carry(caller));
      } catch (IOException e) {
        // Closed, or a caller that has gone again.
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private void carry(Socket caller) {
    try (caller) {
      String owner = SocketOwner.of(caller.getPort(), front.getLocalPort());
      awaitWay(owner);
      try (Socket callee = new Socket(InetAddress.getLoopbackAddress(), target)) {
        Thread back = Thread.ofVirtual().start(() -> pump(callee, caller, owner));
        pump(caller, callee, owner);
        back.interrupt();
      }
    } catch (IOException e) {
      // Whoever called sees that the connection ends.
    }
  }

  private void pump(Socket from, Socket to, String owner) {
    byte[] bytes = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        awaitWay(owner);
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // Both ends see that the connection ends.
    }
  }

  private void awaitWay(String owner) {
    while (isCut.test(owner) && !front.isClosed()) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
