package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Backends that one agent runs: those of service {@code web}, for the gateway, and as many on fixed
 * ports, for proxies that only know addresses. Ends with all that it has started.
 */
final class Fleet implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path base;
  private final Plane plane;
  private final Process agent;
  private final Path generator;

  private Fleet(Path base, Plane plane, Process agent, Path generator) {
    this.base = base;
    this.plane = plane;
    this.agent = agent;
    this.generator = generator;
  }

  static Fleet open() throws Exception {
    Path base = Files.createTempDirectory("holdfast-fleet");
    Plane plane = Plane.open(base.resolve("supervisor"));
    Process agent = AgentProcess.start(base.resolve("agent"), plane.grpc());
    Fleet fleet = new Fleet(base, plane, agent, CProgram.compiled("load", base));
    Waiting.until("the agent is there", () -> plane.get("/v1/nodes").contains("\"ready\""));
    return fleet;
  }

  /** Runs so many of both kinds; gives the fixed ports. */
  List<Integer> run(int backends, int micros) throws Exception {
    Path program = CProgram.compiled("backend", base);
    List<Integer> ports = IntStream.range(0, backends).mapToObj(i -> Ports.free()).toList();
    StringBuilder specs =
        new StringBuilder(
            "{name: web, instances: %d, command: [%s, \"${PORT}\", \"%d\"], ports: {http: auto}}\n"
                .formatted(backends, program, micros));
    for (int i = 0; i < backends; i++) {
      specs.append(
          "---\n{name: fixed%d, command: [%s, \"%d\", \"%d\"]}\n"
              .formatted(i, program, ports.get(i), micros));
    }
    plane.apply(specs.toString());
    Waiting.until("all are ready", () -> pids("web", backends).size() == backends);
    return ports;
  }

  Plane plane() {
    return plane;
  }

  Path directory() {
    return base;
  }

  InetSocketAddress grpc() {
    return plane.grpc();
  }

  /** A load of {@code rate} requests a second for service web. */
  Load load(int port, int rate) {
    return new Load(generator, port, "web", rate);
  }

  Process gateway(int port) throws IOException {
    return RoleProcess.gateway(base.resolve("gateway"), plane.grpc(), port);
  }

  /** Of all that are ready; none unless they are so many. */
  List<Long> pids(String service, int count) throws Exception {
    List<Long> pids = new ArrayList<>();
    for (JsonNode instance :
        JSON.readTree(plane.get("/v1/services/" + service)).path("instances")) {
      if (instance.path("state").asText().equals("ready")) {
        pids.add(instance.path("pid").asLong());
      }
    }
    return pids.size() == count ? pids : List.of();
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> backends = agent.descendants().toList();
    agent.destroyForcibly().onExit().join();
    backends.forEach(ProcessHandle::destroyForcibly);
    plane.close();
    House.delete(base);
  }
}
