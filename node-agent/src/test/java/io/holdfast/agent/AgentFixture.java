package io.holdfast.agent;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.holdfast.agent.log.LogLimits;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Exclusivity;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.StopPolicy;
import io.holdfast.core.supervision.Budget;
import io.holdfast.core.supervision.EpochBlock;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Words that the tests of the agent share. */
final class AgentFixture {

  static final NodeId NODE = new NodeId("node-1");

  private AgentFixture() {}

  static InstanceId web(int slot, long epoch) {
    return new InstanceId(new ServiceName("web"), slot, epoch);
  }

  static ServiceSpec web(String... command) {
    return ServiceSpec.of("web", ProcessSpec.of(command));
  }

  static ServiceSpec shell(String script) {
    return web("sh", "-c", script);
  }

  static ServiceSpec with(ServiceSpec spec, StopPolicy stop) {
    return with(spec, spec.process(), spec.restart(), stop, spec.health());
  }

  static ServiceSpec with(ServiceSpec spec, Health health) {
    return with(spec, spec.process(), spec.restart(), spec.stop(), health);
  }

  static ServiceSpec with(ServiceSpec spec, ProcessSpec process) {
    return with(spec, process, spec.restart(), spec.stop(), spec.health());
  }

  static ServiceSpec with(ServiceSpec spec, RestartType type) {
    RestartPolicy usual = spec.restart();
    RestartPolicy restart =
        new RestartPolicy(
            type, usual.strategy(), usual.intensity(), usual.period(), usual.backoff());
    return with(spec, spec.process(), restart, spec.stop(), spec.health());
  }

  static ServiceSpec exclusive(ServiceSpec spec, Duration lease) {
    return with(
        spec,
        spec.process(),
        spec.restart(),
        new Exclusivity(true, lease),
        spec.stop(),
        spec.health());
  }

  /** Restarts of slots 0 and 1, from epoch 10 and 100 on. */
  static Budget budget(int limit) {
    return new Budget(
        new ServiceName("web"),
        1,
        0,
        limit,
        new TreeMap<>(Map.of(0, new EpochBlock(10, 19), 1, new EpochBlock(100, 109))),
        Duration.ofHours(1));
  }

  static AgentSettings settings(Path data, InetSocketAddress supervisor, boolean portable) {
    return settings(data, List.of(supervisor), portable);
  }

  static AgentSettings settings(Path data, List<InetSocketAddress> supervisors, boolean portable) {
    return new AgentSettings(
        SupervisorChannels.open(),
        supervisors,
        NODE,
        Optional.empty(),
        "zone-a",
        Map.of("disk", "ssd"),
        data,
        PortRange.DEFAULT,
        LogLimits.DEFAULT,
        portable,
        true);
  }

  /** An agent that has its first lease. */
  static Agent started(Path data, FakeSupervisor supervisor) throws Exception {
    return started(data, supervisor, false);
  }

  static Agent started(Path data, FakeSupervisor supervisor, boolean portable) throws Exception {
    Agent agent = start(data, supervisor.address(), portable);
    agent.ready().toCompletableFuture().get(20, SECONDS);
    return agent;
  }

  static Agent start(Path data, InetSocketAddress supervisor) throws CannotStart {
    return start(data, supervisor, false);
  }

  static Agent start(Path data, InetSocketAddress supervisor, boolean portable) throws CannotStart {
    return Agent.start(settings(data, supervisor, portable));
  }

  /** Ends an agent with all it has started. */
  static void end(Agent agent) {
    agent.stopServices(Duration.ZERO);
    agent.close();
  }

  private static ServiceSpec with(
      ServiceSpec spec,
      ProcessSpec process,
      RestartPolicy restart,
      StopPolicy stop,
      Health health) {
    return with(spec, process, restart, spec.exclusivity(), stop, health);
  }

  private static ServiceSpec with(
      ServiceSpec spec,
      ProcessSpec process,
      RestartPolicy restart,
      Exclusivity exclusivity,
      StopPolicy stop,
      Health health) {
    return new ServiceSpec(
        spec.name(),
        spec.instances(),
        process,
        restart,
        spec.replace(),
        spec.hold(),
        spec.standby(),
        exclusivity,
        stop,
        health,
        spec.dependsOn(),
        spec.placement(),
        spec.rollout(),
        spec.routing());
  }
}
