package io.holdfast.benchmarks;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentSettings;
import io.holdfast.agent.PortRange;
import io.holdfast.core.CannotStart;
import io.holdfast.core.NodeId;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A supervisor and an agent in this JVM, on free ports and a data directory that goes with them.
 */
final class House implements AutoCloseable {

  private static final PortRange PORTS = new PortRange(21_000, 21_999);

  private final Path data;
  private final Supervisor supervisor;
  private final Agent agent;
  private final HttpClient http = HttpClient.newHttpClient();

  private House(Path data, Supervisor supervisor, Agent agent) {
    this.data = data;
    this.supervisor = supervisor;
    this.agent = agent;
  }

  static House open() throws IOException, CannotStart {
    Path data = Files.createTempDirectory("holdfast-benchmark");
    Supervisor supervisor =
        Supervisor.start(
            new SupervisorSettings(free(), free(), free(), data.resolve("supervisor")));
    Agent agent =
        Agent.start(
            new AgentSettings(
                List.of(supervisor.grpcAddress()),
                new NodeId("bench"),
                Optional.empty(),
                "",
                Map.of(),
                data.resolve("agent"),
                PORTS));
    agent.ready().toCompletableFuture().join();
    return new House(data, supervisor, agent);
  }

  InetSocketAddress grpc() {
    return supervisor.grpcAddress();
  }

  void apply(String yaml) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/apply")).POST(BodyPublishers.ofString(yaml)).build();
    int status = http.send(request, BodyHandlers.ofString()).statusCode();
    if (status != 200) {
      throw new IOException("apply was answered with " + status);
    }
  }

  String get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + supervisor.httpAddress().getPort() + path);
  }

  @Override
  public void close() throws IOException {
    agent.stopServices(Duration.ofSeconds(10));
    agent.close();
    supervisor.close();
    http.close();
    delete(data);
  }

  /** Deletes a directory with all that is in it. */
  static void delete(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
