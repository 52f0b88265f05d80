package io.holdfast.balancer.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance on a socket of its own, which behaves, or misbehaves, as it is told. */
final class Backend implements AutoCloseable {

  /** What it does with a request. */
  @FunctionalInterface
  interface Script {
    void answer(Message request, Socket socket, OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final Script script;
  private final BlockingQueue<Message> requests = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Backend(Script script) throws IOException {
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  static Backend that(Script script) {
    try {
      return new Backend(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers 200 with the text. */
  static Backend saying(String text) {
    return that((request, socket, out) -> respond(out, "200 OK", text));
  }

  static Backend failingWith(String status) {
    return that((request, socket, out) -> respond(out, status, "sorry"));
  }

  /** Takes the request and resets the connection. */
  static Backend resetting() {
    return that((request, socket, out) -> reset(socket));
  }

  /** Takes requests and answers none until the latch is open. */
  static Backend hangingUntil(CountDownLatch latch, String text) {
    return that(
        (request, socket, out) -> {
          await(latch);
          respond(out, "200 OK", text);
        });
  }

  static void respond(OutputStream out, String status, String text) throws IOException {
    write(
        out, "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, text.length(), text));
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("it never came to that");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Connections so far. */
  int connections() {
    return connections.get();
  }

  /** Requests so far. */
  int requests() {
    return requests.size();
  }

  Message awaitRequest() {
    try {
      Message request = requests.poll(30, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("no request came");
      }
      return request;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    die();
  }

  /** Dies as a process does: all its connections end, and nobody listens. */
  void die() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over with it.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        Message request = Message.readRequest(in);
        requests.add(request);
        script.answer(request, socket, socket.getOutputStream());
      }
    } catch (IOException ended) {
      // Clients leave when they like.
    } finally {
      open.remove(socket);
    }
  }
}
