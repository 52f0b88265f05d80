package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Supervisors as users run them, each in a process of its own, on one database. */
final class Cluster implements AutoCloseable {

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(8);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One of them; its process is another one after it was killed. */
  private record Node(Place place, int http, int grpc, int cluster) {
    static Node at(Place place) {
      return new Node(place, Ports.free(), Ports.free(), place.clusterPort());
    }

    String address(int port) {
      return place.address() + ":" + port;
    }
  }

  /** What is to be said to the supervisor at a place besides. */
  interface More {
    List<String> at(Place place) throws Exception;
  }

  private final Path data;
  private final String journal;
  private final List<Node> nodes;
  private final More more;
  private final List<Process> processes = new ArrayList<>();

  private Cluster(Path data, String journal, List<Place> places, More more) {
    this.data = data;
    this.journal = journal;
    this.nodes = places.stream().map(Node::at).toList();
    this.more = more;
  }

  /** One at each place. */
  static Cluster open(Path data, String journal, List<Place> places, More more) throws Exception {
    Cluster cluster = new Cluster(data, journal, places, more);
    try {
      for (int i = 0; i < places.size(); i++) {
        cluster.processes.add(cluster.process(RoleProcess.ROOT, i));
      }
      cluster.awaitWhole();
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private Process process(Path root, int node) throws Exception {
    Node it = nodes.get(node);
    String seeds =
        nodes.stream().map(each -> each.address(each.cluster)).collect(Collectors.joining(","));
    List<String> words = new ArrayList<>();
    words.addAll(List.of("supervisor", "--data", data.resolve("supervisor-" + node).toString()));
    words.addAll(List.of("--http", "127.0.0.1:" + it.http, "--grpc", it.address(it.grpc)));
    words.addAll(List.of("--cluster", it.address(it.cluster), "--seed", seeds));
    words.addAll(List.of("--journal", "postgres", "--journal-url", journal));
    words.addAll(more.at(it.place));
    return RoleProcess.start(root, it.place, words, data.resolve("supervisor-" + node + ".log"));
  }

  int size() {
    return nodes.size();
  }

  /** As agents and gateways are told of them. */
  String supervisors() {
    return nodes.stream().map(node -> node.address(node.grpc)).collect(Collectors.joining(","));
  }

  /** Stops it as it stands, or lets it go on. */
  void signal(int node, String signal) throws Exception {
    long pid = processes.get(node).pid();
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
  }

  void kill(int node) throws InterruptedException {
    processes.get(node).destroyForcibly().waitFor();
  }

  void restart(int node) throws Exception {
    processes.set(node, process(RoleProcess.ROOT, node));
  }

  /** As in an upgrade: ends it in order and starts the build at {@code root} in its place. */
  void replace(int node, Path root) throws Exception {
    processes.get(node).toHandle().destroy();
    processes.get(node).waitFor();
    processes.set(node, process(root, node));
  }

  /** All are members, and each knows it. */
  void awaitWhole() throws Exception {
    for (int i = 0; i < size(); i++) {
      int node = i;
      Waiting.until("all supervisors are members", () -> members(node) == size());
    }
  }

  /** How many a node counts with; 0 while it cannot say, or misses one of them. */
  int members(int node) throws Exception {
    JsonNode status = get(node, "/v1/cluster");
    return status.path("unreachable").isEmpty() ? status.path("members").size() : 0;
  }

  /** The one that keeps the catalogue, as another sees it; all have to be members. */
  int oldest() throws Exception {
    String name = get(0, "/v1/cluster").path("members").path(0).asText();
    for (int i = 0; i < size(); i++) {
      if (name.endsWith("@" + nodes.get(i).address(nodes.get(i).cluster))) {
        return i;
      }
    }
    throw new IOException("the oldest supervisor is '" + name + "', which is none of these");
  }

  /** Any other than this one. */
  int besides(int node) {
    return (node + 1) % size();
  }

  /** Missing where there is no answer. */
  JsonNode get(int node, String path) throws Exception {
    return desk(node).get(path, LONGEST_LOOK);
  }

  /** Whether it was acknowledged. */
  boolean apply(int node, String yaml) throws Exception {
    try {
      return ask(node, "/v1/apply", yaml).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it was accepted. */
  boolean post(int node, String path) throws Exception {
    return ask(node, path, " ").status() == 202;
  }

  /** With which words a change is refused; empty when it was made, or when there was no answer. */
  String refusal(int node, String yaml) throws Exception {
    try {
      Desk.Reply reply = ask(node, "/v1/apply", yaml);
      return reply.status() == 200 ? "" : JSON.readTree(reply.body()).path("detail").asText();
    } catch (IOException e) {
      return "";
    }
  }

  private Desk.Reply ask(int node, String path, String body) throws Exception {
    return desk(node).ask(path, body, LONGEST_ANSWER);
  }

  /** Where one of them is asked. */
  Desk desk(int node) {
    return new Desk(nodes.get(node).place, nodes.get(node).http);
  }

  @Override
  public void close() {
    processes.forEach(process -> process.destroyForcibly().onExit().join());
  }
}
