package io.holdfast.core.spec;

import io.holdfast.core.InWords;
import io.holdfast.core.ServiceName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A named service and how many instances of it should be ready.
 *
 * @param instances actives, 0 to 10,000; standbys come on top
 */
public record ServiceSpec(
    ServiceName name,
    int instances,
    ProcessSpec process,
    RestartPolicy restart,
    ReplacePolicy replace,
    HoldPolicy hold,
    StandbyPolicy standby,
    Exclusivity exclusivity,
    StopPolicy stop,
    Health health,
    List<Dependency> dependsOn,
    Placement placement,
    RolloutPolicy rollout,
    RoutingPolicy routing)
    implements Spec {

  public static final int MOST_INSTANCES = 10_000;

  public ServiceSpec {
    dependsOn = List.copyOf(dependsOn);
    Check.range("instances", instances, 0, MOST_INSTANCES);
    checkDependencies(name, dependsOn);
    if (exclusivity.required() && standby.count() > 0) {
      throw new InvalidSpec("standby", "expected none with exclusive: a standby is a second copy");
    }
    health.startup().ifPresent(probe -> checkPort(process, probe));
    health.readiness().ifPresent(probe -> checkPort(process, probe));
    health.liveness().ifPresent(probe -> checkPort(process, probe));
    health.thresholds().flatMap(Thresholds::p99).ifPresent(time -> checkTime(time, routing));
  }

  /** A service with one instance and every default. */
  public static ServiceSpec of(String name, ProcessSpec process) {
    return new ServiceSpec(
        new ServiceName(name),
        1,
        process,
        RestartPolicy.DEFAULT,
        ReplacePolicy.DEFAULT,
        HoldPolicy.DEFAULT,
        StandbyPolicy.NONE,
        Exclusivity.NONE,
        StopPolicy.DEFAULT,
        Health.NONE,
        List.of(),
        Placement.ANYWHERE,
        RolloutPolicy.DEFAULT,
        RoutingPolicy.DEFAULT);
  }

  @Override
  public String title() {
    return name.value();
  }

  /** True when an instance must be gone before the next one of its slot is launched. */
  public boolean stopsFirst() {
    return process.hasFixedPort() || exclusivity.required();
  }

  /** Actives and standbys together. */
  public int slots() {
    return instances == 0 ? 0 : instances + standby.count();
  }

  /** True when changing from {@code other} to this needs new processes. */
  public boolean runsDifferently(ServiceSpec other) {
    return !process.equals(other.process);
  }

  /** True when it differs from {@code other} in nothing but the number of instances. */
  public boolean isLike(ServiceSpec other) {
    return withInstances(other.instances()).equals(other);
  }

  public ServiceSpec withInstances(int count) {
    return new ServiceSpec(
        name,
        count,
        process,
        restart,
        replace,
        hold,
        standby,
        exclusivity,
        stop,
        health,
        dependsOn,
        placement,
        rollout,
        routing);
  }

  /** What the agent of an instance has to know: nothing of requests, which it does not see. */
  public ServiceSpec forAgent() {
    return with(
        new Health(
            health.startup(), health.readiness(), health.liveness(), health.startDeadline()));
  }

  private ServiceSpec with(Health other) {
    return new ServiceSpec(
        name,
        instances,
        process,
        restart,
        replace,
        hold,
        standby,
        exclusivity,
        stop,
        other,
        dependsOn,
        placement,
        rollout,
        routing);
  }

  private static void checkDependencies(ServiceName name, List<Dependency> dependencies) {
    Set<ServiceName> seen = new HashSet<>();
    for (Dependency dependency : dependencies) {
      if (dependency.service().equals(name)) {
        throw new InvalidSpec("dependsOn", "expected other services, got the service itself");
      }
      if (!seen.add(dependency.service())) {
        throw new InvalidSpec(
            "dependsOn", "expected each service once, got '" + dependency.service() + "' twice");
      }
    }
  }

  private static void checkTime(Duration p99, RoutingPolicy routing) {
    if (routing.entrance() instanceof Entrance.Own(int _, Entrance.Mode mode)
        && mode == Entrance.Mode.TCP) {
      throw new InvalidSpec(
          "health.thresholds.p99",
          "expected none with routing.mode tcp, where gateways see no requests; errorRate is of"
              + " connections");
    }
    if (p99.compareTo(routing.timeout()) > 0) {
      throw new InvalidSpec(
          "health.thresholds.p99",
          "expected at most routing.timeout ("
              + InWords.of(routing.timeout())
              + "), by which every request is over");
    }
  }

  private static void checkPort(ProcessSpec process, Probe probe) {
    Optional<String> named =
        switch (probe.check()) {
          case ProbeCheck.Http http -> Optional.of(http.port());
          case ProbeCheck.Tcp tcp -> Optional.of(tcp.port());
          case ProbeCheck.Grpc grpc -> Optional.of(grpc.port());
          case ProbeCheck.Exec _, ProbeCheck.Watchdog _ -> Optional.empty();
        };
    named
        .filter(port -> process.port(port).isEmpty())
        .ifPresent(
            port -> {
              throw new InvalidSpec(
                  "health", "expected the name of one of the service's ports, got '" + port + "'");
            });
  }
}
