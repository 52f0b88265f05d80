package io.holdfast.agent;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.InstanceStore;
import io.holdfast.agent.host.Intent;
import io.holdfast.agent.host.PortAllocator;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.protocol.spec.SpecReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All instances of this host that the supervisor has not told to forget. Lives on the loop. */
final class InstanceHost {

  private static final Logger LOG = LoggerFactory.getLogger(InstanceHost.class);

  /** Instances and unforgotten ends together; a supervisor that asks for more is refused. */
  static final int MOST_INSTANCES = 10_000;

  private static final long CLEARANCE_SECONDS = 2;

  private final InstanceStore store;
  private final PortAllocator ports;
  private final Surroundings around;
  private final Map<InstanceId, HostedInstance> hosted = new TreeMap<>();
  private final Map<InstanceId, Report.Dead> ended = new TreeMap<>();
  private boolean leaving;

  InstanceHost(InstanceStore store, PortAllocator ports, Surroundings around) {
    this.store = store;
    this.ports = ports;
    this.around = around;
  }

  List<Report> reports() {
    return Stream.concat(
            hosted.values().stream().map(HostedInstance::report), ended.values().stream())
        .toList();
  }

  Map<InstanceId, Phase> phases() {
    Map<InstanceId, Phase> phases = new HashMap<>();
    hosted.forEach((id, instance) -> phases.put(id, instance.phase()));
    ended.keySet().forEach(id -> phases.put(id, Phase.EXITED));
    return phases;
  }

  boolean isKnown(InstanceId id) {
    return hosted.containsKey(id) || ended.containsKey(id);
  }

  /** Takes over what earlier agents have left. */
  void adopt() throws IOException {
    for (InstanceDirectory directory : store.known()) {
      try {
        adopt(directory);
      } catch (IOException | IllegalArgumentException e) {
        // Neither launched again nor forgotten: the directory stays for people to look at.
        LOG.error("The notes on {} cannot be read: {}", directory.instance(), e.toString());
      }
    }
  }

  void launch(InstanceId id, String specJson) {
    if (isKnown(id)) {
      tell(id);
      return;
    }
    try {
      launchNew(id, SpecReader.readOne(specJson), specJson);
    } catch (IllegalArgumentException e) {
      refuse(id, "its specification cannot be read: " + e.getMessage());
    } catch (IOException e) {
      refuse(id, "it has been launched before, or its directory cannot be made: " + e.getMessage());
    }
  }

  void stop(InstanceId id) {
    HostedInstance instance = hosted.get(id);
    if (instance != null) {
      instance.stop(ExitCause.REQUESTED);
      return;
    }
    Report answer = ended.getOrDefault(id, dead(id, new ExitStatus.Unknown(), ExitCause.REQUESTED));
    around.reports().accept(answer);
  }

  /** The supervisor has recorded its end. What still lives is not forgotten. */
  void forget(InstanceId id) {
    ended.remove(id);
    HostedInstance instance = hosted.get(id);
    if (instance == null) {
      delete(id);
    } else if (instance.phase() == Phase.EXITED) {
      hosted.remove(id);
      // Its shim may still be writing.
      instance.gone().whenComplete((_, _) -> around.loop().execute(() -> delete(id)));
    }
  }

  /** Begins to stop every instance; new ones are refused from now on. */
  void stopAll() {
    leaving = true;
    List.copyOf(hosted.values()).forEach(instance -> instance.stop(ExitCause.SHUTDOWN));
  }

  void killAll() {
    hosted.values().forEach(HostedInstance::killNow);
  }

  /** True when no instance is left that has not exited. */
  boolean isQuiet() {
    return hosted.values().stream().allMatch(instance -> instance.phase() == Phase.EXITED);
  }

  /** Completes when nothing is left of any instance that has exited. */
  CompletionStage<Void> cleared() {
    return all(List.copyOf(hosted.values()));
  }

  void release() {
    hosted.values().forEach(HostedInstance::release);
  }

  /** An instance has come to its end: its ports are free again. */
  void exited(HostedInstance instance) {
    ports.release(instance.id().service(), instance.ports().values());
  }

  private void delete(InstanceId id) {
    try {
      Optional<InstanceDirectory> directory = store.find(id);
      if (directory.isPresent()) {
        store.forget(directory.get());
      }
    } catch (IOException e) {
      LOG.warn("The directory of {} cannot be deleted: {}", id, e.toString());
    }
  }

  private void adopt(InstanceDirectory directory) throws IOException {
    InstanceId id = directory.instance();
    Optional<Exit> outcome = directory.outcome();
    if (outcome.isPresent()) {
      ended.put(id, new Report.Dead(id, outcome.get()));
      return;
    }
    Optional<Intent> intent = directory.intent();
    if (intent.isEmpty()) {
      // Nothing is launched before its intent is complete.
      store.forget(directory);
      return;
    }
    ServiceSpec spec = SpecReader.readOne(intent.get().specJson());
    HostedInstance instance = new HostedInstance(around, directory, spec, intent.get());
    hosted.put(id, instance);
    ports.occupy(instance.ports().values());
    instance.adopt(directory.phase(), directory.stop());
  }

  private void launchNew(InstanceId id, ServiceSpec spec, String specJson) throws IOException {
    if (leaving) {
      refuse(id, "its agent is ending");
      return;
    }
    if (hosted.size() + ended.size() >= MOST_INSTANCES) {
      refuse(id, "this node already has " + MOST_INSTANCES + " instances");
      return;
    }
    Optional<Map<String, Integer>> given = ports.allocate(id.service(), spec.process().ports());
    if (given.isEmpty()) {
      refuse(id, "no port is free in the range for automatic ports");
      return;
    }
    try {
      host(id, spec, new Intent(id, specJson, given.get(), Processes.bootId()));
    } catch (IOException e) {
      ports.release(id.service(), given.get().values());
      throw e;
    }
  }

  private void host(InstanceId id, ServiceSpec spec, Intent intent) throws IOException {
    InstanceDirectory directory = store.create(id);
    directory.record(intent);
    HostedInstance instance = new HostedInstance(around, directory, spec, intent);
    CompletionStage<Void> clearance = clearance(spec);
    hosted.put(id, instance);
    clearance.whenComplete((_, _) -> around.loop().execute(instance::launch));
  }

  /** A fixed port may still be held by what an earlier instance has left in its session. */
  private CompletionStage<Void> clearance(ServiceSpec spec) {
    ServiceName service = spec.name();
    return spec.process().hasFixedPort()
        ? all(hosted.values().stream()
                .filter(instance -> instance.id().service().equals(service))
                .filter(instance -> instance.phase() == Phase.EXITED)
                .toList())
            .orTimeout(CLEARANCE_SECONDS, TimeUnit.SECONDS)
        : CompletableFuture.completedFuture(null);
  }

  private static CompletableFuture<Void> all(List<HostedInstance> instances) {
    return CompletableFuture.allOf(
        instances.stream()
            .map(instance -> instance.gone().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private void tell(InstanceId id) {
    Optional.ofNullable(hosted.get(id))
        .map(HostedInstance::report)
        .or(() -> Optional.ofNullable(ended.get(id)))
        .ifPresent(around.reports());
  }

  private void refuse(InstanceId id, String why) {
    Report.Dead report = dead(id, new ExitStatus.NotStarted(why), ExitCause.LAUNCH);
    ended.put(id, report);
    around.reports().accept(report);
  }

  private Report.Dead dead(InstanceId id, ExitStatus status, ExitCause cause) {
    return new Report.Dead(id, new Exit(status, cause, around.clock().instant(), "", List.of()));
  }
}
