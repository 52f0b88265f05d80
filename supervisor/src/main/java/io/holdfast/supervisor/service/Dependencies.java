package io.holdfast.supervisor.service;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.supervision.Renewals;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a service knows of those it depends on, and who depends on it. A dependent asks again and
 * again; one that no longer does is forgotten. A dependency that has not been heard of is unmet.
 */
final class Dependencies {

  private static final Duration MEMORY = Duration.ofSeconds(15);
  private static final int MOST_DEPENDENTS = 10_000;

  private final ServiceName name;
  private final ServicePorts ports;
  private final Map<ServiceName, Standing> standings = new HashMap<>();
  private final Map<ServiceName, Instant> dependents = new HashMap<>();

  Dependencies(ServiceName name, ServicePorts ports) {
    this.name = name;
    this.ports = ports;
  }

  Set<ServiceName> unmet(ServiceState state) {
    return wanted(state).stream()
        .filter(dependency -> !isMet(dependency))
        .map(Dependency::service)
        .collect(Collectors.toSet());
  }

  /** Of those that are as far as they must be. */
  Map<ServiceName, Renewals> renewals(ServiceState state) {
    Map<ServiceName, Renewals> renewals = new HashMap<>();
    for (Dependency dependency : wanted(state)) {
      Standing standing = standings.get(dependency.service());
      if (standing != null && isMet(dependency)) {
        renewals.put(dependency.service(), standing.renewals());
      }
    }
    return renewals;
  }

  private boolean isMet(Dependency dependency) {
    Standing standing = standings.get(dependency.service());
    return standing != null && standing.meets(dependency.condition());
  }

  private static List<Dependency> wanted(ServiceState state) {
    return state instanceof ServiceState.Active active ? active.spec().dependsOn() : List.of();
  }

  /** Asks every dependency to tell how it stands, now and at each change. */
  void watch(ServiceState state) {
    wanted(state).forEach(dependency -> send(dependency.service(), new ServiceActor.Watch(name)));
  }

  /** True when it is news. */
  boolean learned(ServiceName dependency, Standing standing) {
    return !standing.equals(standings.put(dependency, standing));
  }

  void watchedBy(ServiceName dependent) {
    if (dependents.size() < MOST_DEPENDENTS) {
      dependents.put(dependent, ports.clock().instant());
    }
  }

  void tell(ServiceName dependent, Standing standing) {
    send(dependent, new ServiceActor.DependencyStands(name, standing));
  }

  void tellAll(Standing standing) {
    Instant oldest = ports.clock().instant().minus(MEMORY);
    dependents.values().removeIf(seen -> seen.isBefore(oldest));
    dependents.keySet().forEach(dependent -> tell(dependent, standing));
  }

  private void send(ServiceName service, ServiceActor.Command command) {
    ports.sharding().entityRefFor(ServiceActor.KEY, service.value()).tell(command);
  }
}
