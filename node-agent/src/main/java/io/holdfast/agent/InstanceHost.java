package io.holdfast.agent;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.InstanceStore;
import io.holdfast.agent.host.Intent;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.BrakeEvent;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.instance.StopOrder;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Budget;
import io.holdfast.protocol.spec.SpecReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All instances of this host that the supervisor has not told to forget. Lives on the loop. */
final class InstanceHost implements HostSide {

  private static final Logger LOG = LoggerFactory.getLogger(InstanceHost.class);

  /** Instances and unforgotten ends together; a supervisor that asks for more is refused. */
  static final int MOST_INSTANCES = 10_000;

  /** What an earlier agent has begun, and not seen the end of. */
  private record Found(HostedInstance instance, Phase lastSeen, Optional<StopOrder> stop) {}

  private final InstanceStore store;
  private final Delegate delegate;
  private final Surroundings around;
  private final Roster roster;
  private final NewInstances fresh;
  private final Brake brake;
  private final Map<InstanceId, Long> successors = new HashMap<>();
  private final Map<InstanceId, HostedInstance> prepared = new HashMap<>();
  private boolean leaving;

  InstanceHost(
      InstanceStore store,
      Delegate delegate,
      Surroundings around,
      Roster roster,
      NewInstances fresh) {
    this.store = store;
    this.delegate = delegate;
    this.around = around;
    this.roster = roster;
    this.fresh = fresh;
    this.brake = new Brake(around.loop(), around.clock(), roster);
  }

  /** Takes over what earlier agents have left. */
  void adopt() throws IOException {
    delegate.resume();
    // Asked before anything is launched: new names cannot be among them.
    Set<String> left = around.processes().leftBehind(store.root());
    List<Found> found = new ArrayList<>();
    for (InstanceDirectory directory : store.known()) {
      try {
        read(directory).ifPresent(found::add);
      } catch (IOException | IllegalArgumentException e) {
        damaged(directory, e);
      }
    }
    // Only now: what became of one may depend on which others there are.
    found.forEach(each -> each.instance().adopt(each.lastSeen(), each.stop()));
    left.removeAll(roster.unfinished());
    left.forEach(name -> around.processes().clear(store.root().resolve(name)));
  }

  /**
   * Without its notes an instance cannot be cared for, and is launched a second time where it is
   * taken for dead. So an agent that finds one running does not start.
   */
  private void damaged(InstanceDirectory directory, Exception why) throws IOException {
    if (around.processes().mayLive(directory.path())) {
      throw new IOException(
          "the notes on %s in %s cannot be read (%s), and it still runs; no service was touched"
              .formatted(directory.instance(), directory.path(), why.getMessage()),
          why);
    }
    // Neither launched again nor forgotten: the directory stays for people to look at.
    LOG.error("The notes on {} cannot be read: {}", directory.instance(), why.toString());
  }

  void launch(InstanceId id, String specJson) {
    if (roster.isKnown(id)) {
      roster.report(id).ifPresent(around.reports());
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
    roster
        .hosted(id)
        .ifPresentOrElse(
            instance -> instance.stop(ExitCause.REQUESTED),
            () ->
                around
                    .reports()
                    .accept(
                        roster
                            .report(id)
                            .orElseGet(
                                () -> dead(id, new ExitStatus.Unknown(), ExitCause.REQUESTED))));
  }

  /** The supervisor has recorded its end. What still lives is not forgotten. */
  void forget(InstanceId id) {
    Optional<HostedInstance> instance = roster.hosted(id);
    if (instance.filter(living -> living.phase() != Phase.EXITED).isPresent()) {
      return;
    }
    roster.forget(id);
    successors.remove(id);
    // Its shim may still be writing.
    instance.ifPresentOrElse(
        dead -> dead.gone().whenComplete((_, _) -> around.loop().execute(() -> departed(dead))),
        () -> delete(id));
  }

  /** What may be restarted without being told to. */
  void delegate(Budget word) {
    delegate.told(word, roster.knows(word.service()));
  }

  /** Begins to stop every instance; new ones are refused from now on. */
  void stopAll() {
    leaving = true;
    roster.hosted().forEach(instance -> instance.stop(ExitCause.SHUTDOWN));
  }

  void killAll() {
    roster.hosted().forEach(HostedInstance::killNow);
  }

  /** True when no instance is left that has not exited. */
  boolean isQuiet() {
    return roster.hosted().stream().allMatch(instance -> instance.phase() == Phase.EXITED);
  }

  /** Completes when nothing is left of any instance that has exited. */
  CompletionStage<Void> cleared() {
    return Roster.gone(roster.hosted());
  }

  void release() {
    roster.hosted().forEach(HostedInstance::release);
  }

  @Override
  public void progressed(HostedInstance instance) {
    if (instance.phase() == Phase.READY) {
      fresh.settled(instance);
      brake.on(new BrakeEvent.Readied(instance.id()));
    }
  }

  @Override
  public void liveness(BrakeEvent event) {
    brake.on(event);
  }

  @Override
  public OptionalLong successor(HostedInstance dead, Exit exit) {
    InstanceId id = dead.id();
    fresh.release(id.service(), dead.ports().values());
    if (successors.containsKey(id)) {
      return OptionalLong.of(successors.getOrDefault(id, 0L));
    }
    if (leaving || roster.isFollowed(id) || roster.size() >= MOST_INSTANCES) {
      return OptionalLong.empty();
    }
    return delegate
        .successor(id, dead.spec(), exit)
        .flatMap(next -> prepare(next, dead))
        .map(next -> OptionalLong.of(next.id().epoch()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public void ended(HostedInstance dead) {
    brake.on(new BrakeEvent.Gone(dead.id()));
    Optional.ofNullable(prepared.remove(dead.id())).ifPresent(fresh::begin);
    // After that: its place at the gate goes to its successor, not to who has waited longer.
    fresh.settled(dead);
  }

  private Optional<HostedInstance> prepare(InstanceId id, HostedInstance dead) {
    try {
      Optional<HostedInstance> next =
          fresh.prepare(id, dead.spec(), dead.specJson(), OptionalLong.of(dead.id().epoch()));
      next.ifPresent(instance -> prepared.put(dead.id(), instance));
      return next;
    } catch (IOException e) {
      LOG.warn("{} cannot be prepared, the supervisor is asked: {}", id, e.toString());
      return Optional.empty();
    }
  }

  private void departed(HostedInstance dead) {
    roster.departed(dead);
    delete(dead.id());
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

  /** Empty when nothing is left to be found out. */
  private Optional<Found> read(InstanceDirectory directory) throws IOException {
    InstanceId id = directory.instance();
    Optional<Report.Dead> outcome = directory.outcome();
    // Before the intent is read: whatever that may be, this must be told.
    outcome.ifPresent(roster::add);
    Optional<Intent> intent = directory.intent();
    intent.ifPresent(noted -> noted.replaces().ifPresent(dead -> follows(id, dead)));
    if (outcome.isPresent()) {
      return Optional.empty();
    }
    if (intent.isEmpty() && around.processes().mayLive(directory.path())) {
      throw new IOException("they are incomplete");
    }
    if (intent.isEmpty()) {
      // Nothing is launched before its intent is complete.
      store.forget(directory);
      return Optional.empty();
    }
    if (intent.get().bootId().equals(Processes.bootId())) {
      around.processes().checkTraces(directory.path(), directory.hasRun());
    }
    ServiceSpec spec = SpecReader.readOne(intent.get().specJson());
    HostedInstance instance = new HostedInstance(around, directory, spec, intent.get());
    Found found = new Found(instance, directory.phase(), directory.stop());
    roster.add(instance);
    fresh.occupy(instance);
    return Optional.of(found);
  }

  private void follows(InstanceId id, long dead) {
    successors.put(new InstanceId(id.service(), id.slot(), dead), id.epoch());
  }

  private void launchNew(InstanceId id, ServiceSpec spec, String specJson) throws IOException {
    if (leaving) {
      refuse(id, "its agent is ending");
      return;
    }
    if (roster.size() >= MOST_INSTANCES) {
      refuse(id, "this node already has " + MOST_INSTANCES + " instances");
      return;
    }
    fresh
        .prepare(id, spec, specJson, OptionalLong.empty())
        .ifPresentOrElse(
            fresh::begin, () -> refuse(id, "no port is free in the range for automatic ports"));
  }

  private void refuse(InstanceId id, String why) {
    Report.Dead report = dead(id, new ExitStatus.NotStarted(why), ExitCause.LAUNCH);
    roster.add(report);
    around.reports().accept(report);
  }

  private Report.Dead dead(InstanceId id, ExitStatus status, ExitCause cause) {
    return new Report.Dead(id, new Exit(status, cause, around.clock().instant(), "", List.of()));
  }
}
