package io.holdfast.balancer.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** An instance that reads the head of one request at once and its body only when it may. */
record SlowReader(ServerSocket listener) implements AutoCloseable {

  private static final int BLOCK = 64 << 10;

  static SlowReader waitingFor(CountDownLatch mayRead, long length) throws IOException {
    SlowReader reader = new SlowReader(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> reader.serve(mayRead, length));
    return reader;
  }

  /** Uploads from the client's side and opens the latch once the first blocks are gone. */
  static void upload(RawClient client, long length, AtomicLong sent, CountDownLatch sentSome) {
    try {
      client.send("PUT / HTTP/1.1\r\nHost: web\r\nContent-Length: " + length + "\r\n\r\n");
      byte[] block = new byte[BLOCK];
      while (sent.get() < length) {
        client.out().write(block);
        if (sent.addAndGet(BLOCK) == 2 * BLOCK) {
          sentSome.countDown();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve(CountDownLatch mayRead, long length) {
    try (Socket socket = listener.accept()) {
      InputStream in = socket.getInputStream();
      Message.readHead(in);
      Backend.await(mayRead);
      long read = 0;
      while (read < length) {
        read += in.readNBytes((int) Math.min(BLOCK, length - read)).length;
      }
      Backend.respond(socket.getOutputStream(), "200 OK", Long.toString(read));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
