package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Answers what a test told it to, and remembers what it was asked. */
public final class FakeSupervisor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  private record Reply(int status, String type, String body, Map<String, String> headers) {}

  private FakeSupervisor(HttpServer server) {
    this.server = server;
  }

  public static FakeSupervisor start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeSupervisor fake = new FakeSupervisor(server);
    server.createContext("/", fake::answer);
    server.start();
    return fake;
  }

  /** The last reply to a request is given again and again. */
  public FakeSupervisor on(String request, int status, String body) {
    return on(
        request, status, status < 400 ? "application/json" : "application/problem+json", body);
  }

  public FakeSupervisor on(String request, int status, String type, String body) {
    return on(request, new Reply(status, type, body, Map.of()));
  }

  FakeSupervisor onPage(String request, String body, String nextPath) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Link", "<" + nextPath + ">; rel=\"next\"");
    return on(request, new Reply(200, "application/json", body, headers));
  }

  private synchronized FakeSupervisor on(String request, Reply reply) {
    replies.computeIfAbsent(request, _ -> new ArrayDeque<>()).add(reply);
    return this;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(request);
      notifyAll();
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Reply reply = next(request);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply next(String request) {
    Deque<Reply> queue = replies.getOrDefault(request, new ArrayDeque<>());
    if (queue.isEmpty()) {
      return new Reply(404, "text/plain", "no reply for " + request, Map.of());
    }
    return queue.size() == 1 ? queue.getFirst() : queue.removeFirst();
  }

  List<String> requests() {
    return requests;
  }

  /** Returns once {@code request} has come {@code times} times. */
  public synchronized void await(String request, int times) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (requests.stream().filter(request::equals).count() < times) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      assertThat(System.nanoTime()).as("%s never came", request).isLessThan(deadline);
    }
  }

  String lastBody() {
    return bodies.getLast();
  }

  /** Runs a command against this server. */
  Ran run(String... args) {
    return runWithInput("", args);
  }

  Ran runWithInput(String input, String... args) {
    return Ran.with(Map.of("HOLDFAST_SERVER", url()), input, args);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
