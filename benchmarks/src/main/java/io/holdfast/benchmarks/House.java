package io.holdfast.benchmarks;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentSettings;
import io.holdfast.agent.PortRange;
import io.holdfast.agent.log.LogLimits;
import io.holdfast.core.CannotStart;
import io.holdfast.core.NodeId;
import io.holdfast.protocol.security.SupervisorChannels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
  private final Plane plane;
  private final Agent agent;

  private House(Path data, Plane plane, Agent agent) {
    this.data = data;
    this.plane = plane;
    this.agent = agent;
  }

  static House open() throws IOException, CannotStart {
    return open(LogLimits.DEFAULT);
  }

  static House open(LogLimits logs) throws IOException, CannotStart {
    Path data = Files.createTempDirectory("holdfast-benchmark");
    Plane plane = Plane.open(data.resolve("supervisor"));
    Agent agent =
        Agent.start(
            new AgentSettings(
                SupervisorChannels.open(),
                List.of(plane.grpc()),
                new NodeId("bench"),
                Optional.empty(),
                "",
                Map.of(),
                data.resolve("agent"),
                PORTS,
                logs,
                false,
                true));
    agent.ready().toCompletableFuture().join();
    return new House(data, plane, agent);
  }

  /** The agent's own directory. */
  Path agentData() {
    return data.resolve("agent");
  }

  InetSocketAddress grpc() {
    return plane.grpc();
  }

  void apply(String yaml) throws IOException, InterruptedException {
    plane.apply(yaml);
  }

  String get(String path) throws IOException, InterruptedException {
    return plane.get(path);
  }

  @Override
  public void close() throws IOException {
    agent.stopServices(Duration.ofSeconds(10));
    agent.close();
    plane.close();
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
