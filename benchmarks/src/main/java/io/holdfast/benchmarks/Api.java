package io.holdfast.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The admin API of the supervisor on a port of this host. */
final class Api implements AutoCloseable {

  private static final int OK = 200;
  private static final int MOST_TRIES = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  Api(int port) {
    this.port = port;
  }

  void apply(String yaml) throws IOException, InterruptedException {
    HttpResponse<String> answer = applied(yaml);
    if (answer.statusCode() != OK) {
      throw new IOException("apply was answered with " + answer.statusCode() + " " + answer.body());
    }
  }

  /** Again as long as the answer is that it may not have been in time; gives how often it was. */
  int insist(String yaml) throws IOException, InterruptedException {
    for (int late = 0; late < MOST_TRIES; late++) {
      if (applied(yaml).statusCode() == OK) {
        return late;
      }
    }
    apply(yaml);
    return MOST_TRIES;
  }

  private HttpResponse<String> applied(String yaml) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/apply")).POST(BodyPublishers.ofString(yaml)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  String get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  void post(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()).build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IOException(path + " was answered with " + answer.statusCode());
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    http.close();
  }
}
