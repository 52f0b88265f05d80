package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.protocol.fixture.Authority;
import io.holdfast.protocol.fixture.Certificate;
import io.holdfast.protocol.fixture.CertificateRequest;
import io.holdfast.protocol.security.MutualTlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A whole installation: three supervisors, some agents, a gateway and a database, each at a host of
 * its own; six instances of {@code web} and one of {@code solo}, which is exclusive.
 */
final class Site {

  static final int HOSTS = 3;
  private static final String LOGS = "The logs are in ";
  private static final int RATE = 200;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private interface Furnishing {
    void of(Site site) throws Exception;
  }

  /** Of something that was started. */
  private interface Ending {
    void now() throws Exception;
  }

  private final Path base;
  private final Network network;
  private final List<Ending> started;
  private final List<Place> supervisors = new ArrayList<>();
  private final List<Place> hosts = new ArrayList<>();
  private final List<Process> agents = new ArrayList<>();
  private final Place front;
  private final Load load;
  private final Path backend;
  private final Authority authority;
  private final Database database;
  private final Cluster cluster;
  private boolean logsAreKept;

  private Site(Path base, Network network, List<Ending> started) throws Exception {
    this.base = base;
    this.network = network;
    this.started = started;
    this.authority = Authority.in(base.resolve("certificates"));
    this.database = Database.open(network.host(), base.resolve("database"));
    started.add(database::stop);
    for (int i = 0; i < HOSTS; i++) {
      supervisors.add(network.host());
    }
    this.cluster = Cluster.open(base, database.url(), supervisors, this::supervisorFiles);
    started.add(cluster::close);
    this.front = network.host();
    this.backend = CProgram.compiled("backend", base);
    this.load = new Load(CProgram.compiled("load", base), Ports.free(), "web", RATE);
  }

  /**
   * Starts it all.
   *
   * @param agents each on a host of its own, {@code node-0} and so on
   */
  static Site open(int agents) throws Exception {
    return open(
        agents,
        site -> {
          site.startGateway();
          site.furnish();
        });
  }

  /** Starts it without a gateway and without services. */
  static Site bare(int agents) throws Exception {
    return open(agents, _ -> {});
  }

  private static Site open(int agents, Furnishing furnishing) throws Exception {
    Path base = Files.createTempDirectory("holdfast-chaos");
    Network network = Networks.best();
    List<Ending> started = new ArrayList<>(List.of(network::close));
    try {
      Site site = new Site(base, network, started);
      site.startAgents(agents);
      furnishing.of(site);
      return site;
    } catch (Exception e) {
      System.err.println(LOGS + base);
      end(base, started);
      throw e;
    }
  }

  private void startAgents(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      hosts.add(network.host());
      agents.add(agent(i));
    }
    Waiting.until("the nodes are there", () -> cluster.get(0, "/v1/nodes").size() == count);
  }

  private void startGateway() throws Exception {
    role(front, "gateway", "gateway", "--front", "plain", "--listen", "127.0.0.1:" + load.port());
  }

  private void furnish() throws Exception {
    applyWeb("");
    cluster.apply(0, "{name: solo, command: [sleep, '100000'], exclusive: true}");
    awaitReady("web");
    awaitReady("solo");
    Waiting.until("the gateway serves", () -> front.inside(load::isServed));
  }

  /** The service that is under load, with a part of its specification in place of the usual one. */
  boolean applyWeb(String change) throws Exception {
    String address = front.address().equals("127.0.0.1") ? "127.0.0.1" : "0.0.0.0";
    String command = "command: ['%s', '${PORT}', '1000', '%s']".formatted(backend, address);
    return cluster.apply(
        0,
        """
        name: web
        instances: 6
        ports: {http: auto}
        health: {readiness: {tcp: http}}
        %s
        %s
        """
            .formatted(change.startsWith("command") ? "" : command, change));
  }

  long version(String service) throws Exception {
    return cluster.get(0, "/v1/services/" + service).path("version").asLong();
  }

  private List<String> supervisorFiles(Place host) throws Exception {
    return files(
        host.address(),
        authority.issue(CertificateRequest.of("supervisor").address(host.address())));
  }

  private List<String> files(String name, Certificate certificate) {
    MutualTlsFiles files = authority.files(name, certificate);
    return List.of(
        "--tls-cert",
        files.own().certificate().toString(),
        "--tls-key",
        files.own().key().toString(),
        "--tls-ca",
        files.authorities().toString());
  }

  private Process agent(int number) throws Exception {
    Place host = hosts.get(number);
    return role(
        host, "agent-" + number, "agent", "--node", "node-" + number, "--address", host.address());
  }

  private Process role(Place place, String name, String role, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(role, "--supervisor", cluster.supervisors()));
    words.addAll(List.of("--data", base.resolve(name).toString()));
    words.addAll(files(name, authority.member(name)));
    words.addAll(List.of(more));
    Process process = RoleProcess.start(place, words, base.resolve(name + ".log"));
    started.add(() -> process.destroyForcibly().waitFor());
    return process;
  }

  /** Its services go on. */
  void killAgent(int number) throws Exception {
    agents.get(number).destroyForcibly().waitFor();
  }

  void startAgent(int number) throws Exception {
    agents.set(number, agent(number));
  }

  /** Everything on the host ends at once; the host itself stays. */
  void killHost(int number) throws Exception {
    OwnProcesses rest = new OwnProcesses(base.resolve("agent-" + number), _ -> true);
    List<ProcessHandle> known = rest.handles();
    agents.get(number).destroyForcibly();
    known.forEach(ProcessHandle::destroyForcibly);
    agents.get(number).waitFor();
    // What it was starting in that moment.
    rest.end();
  }

  /** Stops its agent as it stands, or lets it go on; its services are not touched. */
  void signalAgent(int number, String signal) throws Exception {
    String pid = Long.toString(agents.get(number).pid());
    new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
  }

  /** Like a cut, but from one moment to the next, and of this host alone. */
  void isolateHost(int number) throws Exception {
    network.isolate(hosts.get(number));
  }

  void rejoinHost(int number) throws Exception {
    network.rejoin(hosts.get(number));
  }

  /** So many of a hundred packets to each host of an agent, and from it, are lost from now on. */
  void losePackets(int percent) throws Exception {
    network.lose(percent, hosts);
  }

  void loseNoPackets() throws Exception {
    network.loseNone();
  }

  /** Under which the host's instances are reached. */
  String addressOf(int number) {
    return hosts.get(number).address();
  }

  /** The program of {@code web}, for other services. */
  Path backend() {
    return backend;
  }

  /** Nothing that anybody sends to the host arrives any more, nor anything that it sends. */
  void cutOffHost(int number) throws Exception {
    muteHost(number);
    deafenHost(number);
  }

  /** Nothing that the host sends arrives any more. */
  void muteHost(int number) throws Exception {
    for (Place other : others(number)) {
      network.cutOneWay(hosts.get(number), other);
    }
  }

  /** Nothing that anybody sends to the host arrives any more. */
  void deafenHost(int number) throws Exception {
    for (Place other : others(number)) {
      network.cutOneWay(other, hosts.get(number));
    }
  }

  private List<Place> others(int number) {
    List<Place> others = new ArrayList<>(supervisors);
    others.addAll(hosts);
    others.remove(hosts.get(number));
    others.add(front);
    return others;
  }

  /** As a supervisor tells it. */
  String stateOfNode(int number) throws Exception {
    return cluster.get(0, "/v1/nodes/node-" + number).path("state").asText();
  }

  /** The node of each instance. */
  SortedMap<String, String> nodes(String service) throws Exception {
    return ofInstances(service, each -> each.path("node").asText());
  }

  Cluster cluster() {
    return cluster;
  }

  Database database() {
    return database;
  }

  /** Requests for {@code web} until the process is told to end. */
  Process startLoad() throws Exception {
    return front.inside(() -> load.start(LONGEST));
  }

  /** One supervisor no longer reaches the others, nor they it; all reach everything else. */
  void cutOff(int supervisor) throws Exception {
    for (Place other : supervisors) {
      if (!other.equals(supervisors.get(supervisor))) {
        network.cut(supervisors.get(supervisor), other);
      }
    }
  }

  void heal() throws Exception {
    network.heal();
  }

  void awaitReady(String service) throws Exception {
    Waiting.until(service + " is ready", () -> state(service).equals("ready"));
  }

  private String state(String service) throws Exception {
    return cluster.get(0, "/v1/services/" + service).path("state").asText();
  }

  /** The pid of each instance. */
  SortedMap<String, Integer> instances(String service) throws Exception {
    return ofInstances(service, each -> each.path("pid").asInt());
  }

  private <T> SortedMap<String, T> ofInstances(String service, Function<JsonNode, T> what)
      throws Exception {
    SortedMap<String, T> all = new TreeMap<>();
    for (JsonNode each : cluster.get(0, "/v1/services/" + service).path("instances")) {
      all.put(each.path("id").asText(), what.apply(each));
    }
    return all;
  }

  /** Nothing moves any more to a host that has come back. */
  void awaitEven(String service) throws Exception {
    Waiting.until(
        service + " is spread evenly",
        LONGEST,
        () -> {
          SortedMap<String, String> all = nodes(service);
          List<String> nodes = List.copyOf(all.values());
          IntSummaryStatistics counts =
              IntStream.range(0, hosts.size())
                  .map(host -> Collections.frequency(nodes, "node-" + host))
                  .summaryStatistics();
          long slots = all.keySet().stream().map(id -> id.replaceAll("#.*", "")).distinct().count();
          return counts.getMax() - counts.getMin() <= 1 && slots == nodes.size();
        });
  }

  /** The number of a host where {@code service} has an instance. */
  int hostOf(String service) throws Exception {
    String node = nodes(service).values().iterator().next();
    return Integer.parseInt(node.substring("node-".length()));
  }

  /** Processes of {@code service}, on all hosts together. */
  long running(String service) throws Exception {
    return new OwnProcesses(base, Site::isService)
        .slots().stream().filter(slot -> slot.startsWith(service + "/")).count();
  }

  private static boolean isService(String command) {
    String program = command.split("\0", 2)[0];
    return program.endsWith("/backend") || program.endsWith("sleep");
  }

  /** The names of all services, as each supervisor tells them. */
  List<List<String>> services() throws Exception {
    List<List<String>> all = new ArrayList<>();
    for (int i : IntStream.range(0, HOSTS).toArray()) {
      all.add(cluster.get(i, "/v1/services").findValuesAsText("name"));
    }
    return all;
  }

  /** Something has failed here. */
  void keepLogs() {
    logsAreKept = true;
  }

  /** Ends everything that was started, and what was started by that. */
  void close() throws Exception {
    end(base, started);
    if (logsAreKept) {
      System.err.println(LOGS + base);
    } else {
      House.delete(base);
    }
  }

  private static void end(Path base, List<Ending> started) throws Exception {
    for (Ending ending : started.reversed()) {
      ending.now();
    }
    new OwnProcesses(base, _ -> true).end();
  }
}
