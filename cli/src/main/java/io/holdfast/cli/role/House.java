package io.holdfast.cli.role;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentSettings;
import io.holdfast.agent.PortRange;
import io.holdfast.balancer.gateway.Gateway;
import io.holdfast.balancer.gateway.GatewaySettings;
import io.holdfast.core.CannotStart;
import io.holdfast.core.NodeId;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A supervisor, an agent and a gateway in one process, started and ended together. */
public final class House {

  private static final Duration TO_SERVE = Duration.ofSeconds(30);
  private static final Duration TO_STOP = Duration.ofSeconds(30);

  private final Supervisor supervisor;
  private final Agent agent;
  private final Gateway gateway;

  private House(Supervisor supervisor, Agent agent, Gateway gateway) {
    this.supervisor = supervisor;
    this.agent = agent;
    this.gateway = gateway;
  }

  /**
   * What it is made of.
   *
   * @param listen where the gateway takes requests
   */
  public record Settings(
      InetSocketAddress http,
      InetSocketAddress grpc,
      InetSocketAddress cluster,
      InetSocketAddress listen,
      NodeId node,
      DataDirectory data) {}

  /** Returns when all roles serve; otherwise nothing of it is left running. */
  public static House start(Settings settings) throws CannotStart, InterruptedException {
    Supervisor supervisor =
        Supervisor.start(
            new SupervisorSettings(
                settings.http(),
                settings.grpc(),
                settings.cluster(),
                settings.data().supervisor()));
    try {
      return aroundSupervisor(supervisor, settings);
    } catch (CannotStart | InterruptedException | RuntimeException e) {
      supervisor.close();
      throw e;
    }
  }

  private static House aroundSupervisor(Supervisor supervisor, Settings settings)
      throws CannotStart, InterruptedException {
    Gateway gateway = Gateway.start(gateway(supervisor, settings), supervisor.metrics());
    try {
      return aroundGateway(supervisor, gateway, settings);
    } catch (CannotStart | InterruptedException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private static House aroundGateway(Supervisor supervisor, Gateway gateway, Settings settings)
      throws CannotStart, InterruptedException {
    Agent agent = Agent.start(agent(supervisor, settings));
    try {
      Serving.await(agent.ready(), TO_SERVE, "the agent got no lease from the supervisor");
      Serving.await(gateway.ready(), TO_SERVE, "the gateway got no view from the supervisor");
      return new House(supervisor, agent, gateway);
    } catch (CannotStart | InterruptedException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  private static AgentSettings agent(Supervisor supervisor, Settings settings) throws CannotStart {
    return new AgentSettings(
        List.of(supervisor.grpcAddress()),
        settings.node(),
        Optional.of("127.0.0.1"),
        "",
        Map.of(),
        settings.data().agent(),
        PortRange.DEFAULT);
  }

  private static GatewaySettings gateway(Supervisor supervisor, Settings settings)
      throws CannotStart {
    return new GatewaySettings(
        List.of(supervisor.grpcAddress()),
        settings.listen(),
        Optional.empty(),
        settings.data().gateway());
  }

  public ReadyLine readyLine(String role) {
    return ReadyLine.of(role)
        .http(supervisor.httpAddress())
        .grpc(supervisor.grpcAddress())
        .gateway(gateway.address());
  }

  /** Of the admin API. */
  public URI http() {
    return URI.create("http://" + SocketAddressText.of(supervisor.httpAddress()));
  }

  /** Of the gateway. */
  public URI gateway() {
    return URI.create("http://" + SocketAddressText.of(gateway.address()));
  }

  /**
   * Stops the services, then the roles. The supervisor goes last, so that it records how each
   * service ended.
   */
  public void stop() {
    try {
      agent.stopServices(TO_STOP);
    } finally {
      closeRoles();
    }
  }

  private void closeRoles() {
    try (supervisor;
        gateway;
        agent) {
      // Closing is all: the agent first, then the gateway, then the supervisor.
    }
  }
}
