package io.holdfast.agent;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.InstanceStore;
import io.holdfast.agent.host.Intent;
import io.holdfast.agent.host.PortAllocator;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.ServiceSpec;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Gives new instances what they need on this host, and begins them. Lives on the loop. */
final class NewInstances {

  private static final long CLEARANCE_SECONDS = 2;

  private final InstanceStore store;
  private final PortAllocator ports;
  private final Surroundings around;
  private final Roster roster;

  NewInstances(InstanceStore store, PortAllocator ports, Surroundings around, Roster roster) {
    this.store = store;
    this.ports = ports;
    this.around = around;
    this.roster = roster;
  }

  /** Writes down the intent; empty when no port is free. */
  Optional<HostedInstance> prepare(
      InstanceId id, ServiceSpec spec, String specJson, OptionalLong replaces) throws IOException {
    Optional<Map<String, Integer>> given = ports.allocate(id.service(), spec.process().ports());
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Intent intent = new Intent(id, specJson, given.get(), Processes.bootId(), replaces);
    try {
      InstanceDirectory directory = store.create(id);
      directory.record(intent);
      HostedInstance instance = new HostedInstance(around, directory, spec, intent);
      roster.add(instance);
      return Optional.of(instance);
    } catch (IOException e) {
      release(id.service(), given.get().values());
      throw e;
    }
  }

  void begin(HostedInstance instance) {
    if (instance.spec().process().hasFixedPort()) {
      clearance(instance.id().service())
          .whenComplete((_, _) -> around.loop().execute(instance::launch));
    } else {
      instance.launch();
    }
  }

  /** Takes note of the ports of one that an earlier agent has begun. */
  void occupy(HostedInstance instance) {
    ports.occupy(instance.ports().values());
  }

  void release(ServiceName service, Collection<Integer> given) {
    ports.release(service, given);
  }

  /** A fixed port may still be held by what an earlier instance has left in its session. */
  private CompletionStage<Void> clearance(ServiceName service) {
    CompletableFuture<Void> gone = Roster.gone(roster.exited(service));
    return gone.orTimeout(CLEARANCE_SECONDS, TimeUnit.SECONDS);
  }
}
