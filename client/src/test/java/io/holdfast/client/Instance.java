package io.holdfast.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.client.fixture.Views;
import io.holdfast.core.routing.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An instance of a service on a socket of its own, which behaves as it is told. */
final class Instance implements AutoCloseable {

  /** What it does with a request. */
  @FunctionalInterface
  interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** A request as it came. */
  record Asked(
      String method,
      String target,
      String host,
      String forwardedHost,
      String millis,
      String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  private Instance(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(threads);
    server.createContext("/", exchange -> take(exchange, script));
    server.start();
  }

  static Instance that(Script script) {
    try {
      return new Instance(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instance saying(String text) {
    return that(exchange -> answer(exchange, 200, text));
  }

  static Instance failingWith(int status) {
    return that(exchange -> answer(exchange, status, "sorry"));
  }

  /** Ends the connection instead of answering. */
  static Instance hangingUp() {
    return that(HttpExchange::close);
  }

  /** Takes requests and answers none until the latch is open. */
  static Instance hangingUntil(CountDownLatch latch, String text) {
    return that(
        exchange -> {
          await(latch);
          answer(exchange, 200, text);
        });
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("it never came to that");
      }
    } catch (InterruptedException e) {
      throw new IOException("it is closed", e);
    }
  }

  Endpoint endpoint(int slot) {
    return Views.endpoint(slot, slot + 1L, server.getAddress().getPort());
  }

  /** Requests so far that nobody has looked at. */
  int requests() {
    return asked.size();
  }

  Asked awaitRequest() {
    try {
      Asked request = asked.poll(30, TimeUnit.SECONDS);
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
    server.stop(0);
    threads.shutdownNow();
  }

  private void take(HttpExchange exchange, Script script) throws IOException {
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Host")),
            String.valueOf(exchange.getRequestHeaders().getFirst("X-Forwarded-Host")),
            String.valueOf(exchange.getRequestHeaders().getFirst("X-Holdfast-Timeout-Ms")),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    script.answer(exchange);
  }
}
