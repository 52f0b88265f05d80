package io.holdfast.benchmarks;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A supervisor in this JVM, on free ports, and its admin API. */
final class Plane implements AutoCloseable {

  private final Supervisor supervisor;
  private final HttpClient http = HttpClient.newHttpClient();

  private Plane(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  static Plane open(Path data) throws CannotStart {
    return new Plane(
        Supervisor.start(new SupervisorSettings(House.free(), House.free(), House.free(), data)));
  }

  InetSocketAddress grpc() {
    return supervisor.grpcAddress();
  }

  void apply(String yaml) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/apply")).POST(BodyPublishers.ofString(yaml)).build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("apply was answered with " + answer.statusCode() + " " + answer.body());
    }
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
    return URI.create("http://127.0.0.1:" + supervisor.httpAddress().getPort() + path);
  }

  @Override
  public void close() {
    supervisor.close();
    http.close();
  }
}
