package io.holdfast.supervisor;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a server that can be cut, and held so that nothing passes though it seems whole. */
final class Wire implements AutoCloseable {

  private final InetSocketAddress server;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final InetSocketAddress address;
  private ServerSocket listener;
  private boolean held;

  private Wire(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
    this.address = (InetSocketAddress) listener.getLocalSocketAddress();
    accept(listener);
  }

  static Wire to(InetSocketAddress server) throws IOException {
    return new Wire(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  InetSocketAddress address() {
    return address;
  }

  /** As if the server had ended: what was connected is not, and nothing new can be. */
  synchronized void cut() throws IOException {
    listener.close();
    closeAll();
  }

  synchronized void mend() throws IOException {
    listener = new ServerSocket(address.getPort(), 50, address.getAddress());
    accept(listener);
  }

  /** As if the server were frozen. */
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  private synchronized void awaitRelease() throws InterruptedException {
    while (held) {
      wait();
    }
  }

  private void accept(ServerSocket from) {
    Thread.startVirtualThread(
        () -> {
          try {
            while (true) {
              Socket client = from.accept();
              Socket far = new Socket(server.getAddress(), server.getPort());
              open.add(client);
              open.add(far);
              Thread.startVirtualThread(() -> pass(client, far));
              Thread.startVirtualThread(() -> pass(far, client));
            }
          } catch (IOException e) {
            // The wire has been cut.
          }
        });
  }

  private void pass(Socket from, Socket to) {
    byte[] some = new byte[8192];
    try (from;
        to) {
      for (int n = from.getInputStream().read(some); n >= 0; n = from.getInputStream().read(some)) {
        awaitRelease();
        to.getOutputStream().write(some, 0, n);
      }
    } catch (IOException | InterruptedException e) {
      // One of the two ends is closed, and by this so is the other.
    }
    open.remove(from);
    open.remove(to);
  }

  private void closeAll() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }

  @Override
  public void close() throws IOException {
    release();
    cut();
  }
}
