package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Talks to one supervisor's admin API. Every call is bounded in time and fails with a sentence. */
public final class AdminClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MOST_PAGES = 1_000;

  private final URI server;
  private final HttpClient http;

  private AdminClient(URI server) {
    this.server = server;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  public static AdminClient of(URI server) {
    return new AdminClient(server);
  }

  /** {@code text} as one segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The answer to a GET; a refusal fails the command. */
  public JsonNode get(String path) {
    return call(request(path).GET()).orFail();
  }

  /** Like {@link #get}, and empty where there is nothing of that name. */
  Optional<JsonNode> find(String path) {
    Answer answer = call(request(path).GET());
    return answer.isMissing() ? Optional.empty() : Optional.of(answer.orFail());
  }

  /** Like {@link #get}, waiting up to {@code wait} longer than usual. */
  public JsonNode poll(String path, Duration wait) {
    return call(request(path).timeout(ANSWER.plus(wait)).GET()).orFail();
  }

  /** Every page of a list. */
  public ArrayNode list(String path) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    Optional<String> next = Optional.of(path);
    for (int page = 0; next.isPresent() && page < MOST_PAGES; page++) {
      Answer answer = call(request(next.get()).GET());
      answer.orFail().forEach(all::add);
      next = answer.nextPage();
    }
    return all;
  }

  /** Sends JSON. */
  public Answer post(String path, JsonNode body) {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  /** Sends nothing. */
  public Answer post(String path) {
    return call(request(path).POST(BodyPublishers.noBody()));
  }

  /** Sends specifications as they were written. */
  public Answer postYaml(String path, String text) {
    return call(
        request(path)
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(text)));
  }

  public Answer delete(String path) {
    return call(request(path).DELETE());
  }

  /**
   * An answer that goes on: only its beginning is bounded in time.
   *
   * @param headers names and values, one after the other
   */
  public InputStream stream(String path, String... headers) {
    HttpRequest.Builder request = request(path).GET();
    for (int i = 0; i + 1 < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<InputStream> response = send(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() >= 400) {
      try (InputStream body = response.body()) {
        Answer.of(response.statusCode(), body.readAllBytes(), response.headers()).orFail();
      } catch (IOException e) {
        throw Unreachable.because(server, e);
      }
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(ANSWER)
        .header("Accept", path.contains("/logs") ? "text/plain, */*" : "application/json, */*");
  }

  private Answer call(HttpRequest.Builder request) {
    HttpResponse<byte[]> response = send(request.build(), BodyHandlers.ofByteArray());
    return Answer.of(response.statusCode(), response.body(), response.headers());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw Unreachable.because(server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
