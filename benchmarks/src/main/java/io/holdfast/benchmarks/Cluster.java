package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three supervisors as users run them, each in a process of its own, on one database. */
final class Cluster implements AutoCloseable {

  private static final int SIZE = 3;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One of them; its process is another one after it was killed. */
  private static final class Node {
    private final int http = Ports.free();
    private final int grpc = Ports.free();
    private final int cluster = Ports.free();
    private final HttpClient client =
        HttpClient.newBuilder().connectTimeout(LONGEST_ANSWER).build();
  }

  private final Path data;
  private final String journal;
  private final List<Node> nodes = IntStream.range(0, SIZE).mapToObj(_ -> new Node()).toList();
  private final List<Process> processes = new ArrayList<>();

  private Cluster(Path data, String journal) {
    this.data = data;
    this.journal = journal;
  }

  static Cluster open(Path data, String journal) throws Exception {
    Cluster cluster = new Cluster(data, journal);
    for (int i = 0; i < SIZE; i++) {
      cluster.processes.add(cluster.process(i));
    }
    cluster.awaitWhole();
    return cluster;
  }

  private Process process(int node) throws IOException {
    Node it = nodes.get(node);
    String seeds =
        nodes.stream().map(each -> address(each.cluster)).collect(Collectors.joining(","));
    return RoleProcess.start(
        List.of(
            "supervisor",
            "--data",
            data.resolve("supervisor-" + node).toString(),
            "--http",
            address(it.http),
            "--grpc",
            address(it.grpc),
            "--cluster",
            address(it.cluster),
            "--seed",
            seeds,
            "--journal",
            "postgres",
            "--journal-url",
            journal));
  }

  private static String address(int port) {
    return "127.0.0.1:" + port;
  }

  /** As agents and gateways are told of them. */
  String supervisors() {
    return nodes.stream().map(node -> address(node.grpc)).collect(Collectors.joining(","));
  }

  void kill(int node) throws InterruptedException {
    processes.get(node).destroyForcibly().waitFor();
  }

  void restart(int node) throws IOException {
    processes.set(node, process(node));
  }

  /** All are members, and each knows it. */
  void awaitWhole() throws Exception {
    for (int i = 0; i < SIZE; i++) {
      int node = i;
      Waiting.until(
          "all supervisors are members",
          () -> {
            JsonNode status = get(node, "/v1/cluster");
            return status.path("members").size() == SIZE && status.path("unreachable").isEmpty();
          });
    }
  }

  /** Missing where there is no answer. */
  JsonNode get(int node, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(node, path)).timeout(LONGEST_ANSWER).GET().build();
    try {
      return JSON.readTree(nodes.get(node).client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return JSON.missingNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return JSON.missingNode();
    }
  }

  /** Whether it was acknowledged. */
  boolean apply(int node, String yaml) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(node, "/v1/apply"))
            .timeout(LONGEST_ANSWER.multipliedBy(4))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(yaml))
            .build();
    try {
      return nodes.get(node).client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private URI uri(int node, String path) {
    return URI.create("http://" + address(nodes.get(node).http) + path);
  }

  @Override
  public void close() {
    processes.forEach(process -> process.destroyForcibly().onExit().join());
    nodes.forEach(node -> node.client.close());
  }
}
