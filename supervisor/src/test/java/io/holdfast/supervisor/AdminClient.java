package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The admin API as a test uses it. */
final class AdminClient implements AutoCloseable {

  private static final long BETWEEN_QUESTIONS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String base;

  AdminClient(InetSocketAddress address) {
    base = "http://127.0.0.1:" + address.getPort();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return json.readTree(text(path));
  }

  String text(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString())
        .body();
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/yaml")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  void apply(String yaml) throws IOException, InterruptedException {
    HttpResponse<String> response = send("POST", "/v1/apply", yaml);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  /** Asks until the answer is as wanted. */
  JsonNode await(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    JsonNode answer = get(path);
    while (!wanted.test(answer) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(BETWEEN_QUESTIONS_NANOS);
      answer = get(path);
    }
    assertThat(wanted.test(answer)).as("%s is %s", path, answer).isTrue();
    return answer;
  }

  /** Long-polls the routes until a service's endpoints are as wanted. */
  JsonNode awaitRoute(String service, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    String after = "none";
    JsonNode endpoints = json.nullNode();
    while (System.nanoTime() < deadline) {
      JsonNode view = get("/v1/routes?wait=2s&after=" + after);
      after = view.path("version").asText();
      endpoints = view.path("services").path(service);
      if (wanted.test(endpoints)) {
        return endpoints;
      }
    }
    throw new AssertionError("the route never was as wanted; it is " + endpoints);
  }

  @Override
  public void close() {
    http.close();
  }
}
