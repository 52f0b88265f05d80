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
  private final Starts starts;

  NewInstances(
      InstanceStore store, PortAllocator ports, Surroundings around, Roster roster, Starts starts) {
    this.store = store;
    this.ports = ports;
    this.around = around;
    this.roster = roster;
    this.starts = starts;
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
      InstanceDirectory directory = store.create(intent);
      HostedInstance instance = new HostedInstance(around, directory, spec, intent);
      roster.add(instance);
      return Optional.of(instance);
    } catch (IOException e) {
      release(id.service(), given.get().values());
      throw e;
    }
  }

  void begin(HostedInstance instance) {
    ServiceSpec spec = instance.spec();
    if (!spec.stopsFirst()) {
      starts.enter(instance);
      return;
    }
    CompletionStage<Void> cleared =
        clearance(spec).runAfterBoth(around.lease().awaited(spec), () -> {});
    cleared.whenComplete(
        (_, late) ->
            around.loop().execute(() -> launch(instance, Optional.ofNullable(late).isEmpty())));
  }

  /** A port that is still held shows itself; a second copy would not. */
  private void launch(HostedInstance instance, boolean cleared) {
    if (cleared || !instance.spec().exclusivity().required()) {
      starts.enter(instance);
    } else {
      instance.refuse("it is exclusive, and what an earlier one left behind does not end");
    }
  }

  /** It is ready, or gone: another one may start. */
  void settled(HostedInstance instance) {
    starts.settled(instance.id());
  }

  /** Takes note of the ports of one that an earlier agent has begun. */
  void occupy(HostedInstance instance) {
    ports.occupy(instance.ports().values());
  }

  void release(ServiceName service, Collection<Integer> given) {
    ports.release(service, given);
  }

  /** What an earlier instance has left in its session may hold the port, or be one too many. */
  private CompletionStage<Void> clearance(ServiceSpec spec) {
    CompletableFuture<Void> gone = Roster.gone(roster.exited(spec.name()));
    return gone.orTimeout(CLEARANCE_SECONDS, TimeUnit.SECONDS);
  }
}
