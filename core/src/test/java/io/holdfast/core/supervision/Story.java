package io.holdfast.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.Restoration;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.fixture.Palette;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The life of one service, told step by step. Finds a place for whatever wants one, on the first of
 * its nodes; everything else that an effect asks for is told by the test. Time passes only where
 * the test says so, and then every deadline on the way is kept to the moment.
 */
final class Story {

  private ServiceState state = new ServiceState.Blank();
  private Instant now = Palette.START;
  private final Set<ServiceName> unmet = new HashSet<>();
  private final Map<ServiceName, Renewals> renewals = new HashMap<>();
  private final Set<NodeId> nodes = new TreeSet<>(Set.of(Palette.NODE_A));
  private final Set<NodeId> autonomous = new HashSet<>();
  private final Set<NodeId> draining = new HashSet<>();
  private final Set<NodeId> settled = new HashSet<>();
  private Optional<GroupName> parent = Optional.empty();
  private Optional<Restoration> restored = Optional.empty();
  private Duration restartWait = Duration.ZERO;
  private Optional<NodeId> place = Optional.of(Palette.NODE_A);
  private final List<InstanceId> launches = new ArrayList<>();
  private final List<ServiceEffect> effects = new ArrayList<>();

  /** The first version is accepted and every slot launched. */
  static Story of(WebSpec spec) {
    return new Story().ensure(1, spec);
  }

  /** As {@link #of}, and every instance ready. */
  static Story ready(WebSpec spec) {
    Story story = of(spec);
    List.copyOf(story.launches).forEach(story::ready);
    return story;
  }

  static Story blank() {
    return new Story();
  }

  Story ensure(long version, WebSpec spec) {
    return tell(new ServiceInput.Ensured(version, spec.build(), parent, restored));
  }

  /** The catalogue knows that its journal was restored. */
  Story restoredCatalog(Restoration restoration) {
    restored = Optional.of(restoration);
    return this;
  }

  /** The journal with this service in it is restored, so that its epochs rise by so many. */
  Story restored(long by) {
    state = state.after(new ServiceEvent.EpochsLifted(by, now, now));
    return this;
  }

  Story remove(long version) {
    return tell(new ServiceInput.Removed(version));
  }

  Story started(InstanceId instance) {
    return reported(alive(instance, Phase.STARTING));
  }

  Story ready(InstanceId instance) {
    return reported(alive(instance, Phase.READY));
  }

  Story unready(InstanceId instance) {
    return reported(alive(instance, Phase.UNREADY));
  }

  Story exits(InstanceId instance, Exit exit) {
    return reported(new Report.Dead(instance, exit));
  }

  Story crashes(InstanceId instance) {
    return exits(instance, Palette.crash());
  }

  /** It is told only now that it crashed at {@code moment}, by the clock of its host. */
  Story crashed(InstanceId instance, Instant moment) {
    Exit crash = Palette.crash();
    return exits(
        instance, new Exit(crash.status(), crash.cause(), moment, crash.probe(), crash.log()));
  }

  Story reported(Report report) {
    return tell(new ServiceInput.Reported(nodeOf(report.instance()), "10.0.0.1", "", report));
  }

  /** What its requests showed is too bad, and that of nobody else. */
  Story exceeds(InstanceId instance) {
    return judged(new Finding(instance, Opinion.EXCEEDS, "43 of 120 requests failed"));
  }

  Story judged(Finding... findings) {
    return tell(new ServiceInput.Judged(List.of(findings)));
  }

  Story missed(InstanceId instance) {
    return tell(new ServiceInput.Missed(nodeOf(instance), instance));
  }

  Story drained(InstanceId instance) {
    return tell(new ServiceInput.Drained(instance));
  }

  Story restart() {
    return tell(new ServiceInput.RestartRequested(OptionalInt.empty()));
  }

  Story restart(int slot) {
    return tell(new ServiceInput.RestartRequested(OptionalInt.of(slot)));
  }

  Story tick() {
    return tell(new ServiceInput.Ticked());
  }

  Story loses(ServiceName dependency) {
    unmet.add(dependency);
    return tick();
  }

  Story regains(ServiceName dependency) {
    unmet.remove(dependency);
    return tick();
  }

  /** The catalogue says that it belongs to this group. */
  Story in(GroupName group) {
    parent = Optional.of(group);
    return this;
  }

  /** No agent is heard, of whatever node. */
  Story unheard() {
    nodes.clear();
    return this;
  }

  /** Other nodes are there as well, should one be needed. */
  Story with(NodeId... more) {
    nodes.addAll(List.of(more));
    return this;
  }

  /** What is on the node has to go. */
  Story drains(NodeId node) {
    draining.add(node);
    return tick();
  }

  Story undrains(NodeId node) {
    draining.remove(node);
    return tick();
  }

  /** The node has been there for long enough to be given instances of others. */
  Story settles(NodeId node) {
    nodes.add(node);
    settled.add(node);
    return tick();
  }

  /** The catalogue says that it cannot go back. */
  Story refusesToRevert(long failed) {
    return tell(new ServiceInput.RevertRefused(failed, "there is no service 'db'"));
  }

  /** Agents of these nodes may be handed budgets; else the story is told without them. */
  Story autonomous(NodeId... able) {
    autonomous.addAll(List.of(able));
    return this;
  }

  /** So much is going on in the cluster that a restart has to wait. */
  Story storm(Duration wait) {
    restartWait = wait;
    return this;
  }

  /** A dependency has replaced instances; it is told once that is as far as it must be. */
  Story renews(ServiceName dependency, long count) {
    renewals.put(dependency, new Renewals(count, now));
    return this;
  }

  Story renewed(ServiceName dependency, long count) {
    return renews(dependency, count).tick();
  }

  Story halt(GroupName group, long order) {
    return tell(new ServiceInput.HaltOrdered(group, order, "the group says so"));
  }

  Story begin(GroupName group, long order) {
    return tell(new ServiceInput.BeginOrdered(group, order));
  }

  Story hold(GroupName group, InstanceId instance) {
    return tell(new ServiceInput.HoldOrdered(group, instance, "hold.retry: the group is spent"));
  }

  Story away(NodeId node, Duration silence) {
    return tell(new ServiceInput.NodeAway(node, silence, false));
  }

  /** The node was condemned. */
  Story condemned(NodeId node, Duration silence) {
    return tell(new ServiceInput.NodeAway(node, silence, true));
  }

  /** Its host answers others, and it does not. */
  Story foundDead(InstanceId instance, NodeId node) {
    return tell(new ServiceInput.FoundDead(instance, node));
  }

  /** Its agent has restarted it already, within its budget. */
  Story restartedByAgent(InstanceId dead, long successor) {
    return reported(new Report.Dead(dead, Palette.crash(), OptionalLong.of(successor)));
  }

  /** Places are found on this node from now on. */
  Story placesOn(NodeId node) {
    place = Optional.of(node);
    return this;
  }

  /** No place is found from now on. */
  Story placesNowhere() {
    place = Optional.empty();
    return this;
  }

  /** Time passes, with a tick at every deadline, and none at the end but for a deadline there. */
  Story passes(Duration duration) {
    Instant end = now.plus(duration);
    effects.clear();
    for (Optional<Instant> next = next(end); next.isPresent(); next = next(end)) {
      now = next.get();
      decide(new ServiceInput.Ticked());
      assertThat(Deadlines.next(state).orElse(Instant.MAX)).isAfter(now);
    }
    now = end;
    return this;
  }

  /** Time passes, and nobody looks. */
  Story later(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  private Optional<Instant> next(Instant end) {
    return Deadlines.next(state).filter(moment -> !moment.isAfter(end));
  }

  Story tell(ServiceInput input) {
    effects.clear();
    decide(input);
    return this;
  }

  private void decide(ServiceInput input) {
    Decision<ServiceState, ServiceEffect> decision = Service.decide(state, input, surroundings());
    state = decision.state();
    effects.addAll(decision.effects());
    for (ServiceEffect effect : decision.effects()) {
      switch (effect) {
        case ServiceEffect.Place(var slot, _) -> place(slot);
        case ServiceEffect.Launch(var instance, _, _) -> launches.add(instance);
        case ServiceEffect.Persist _,
            ServiceEffect.Drain _,
            ServiceEffect.Stop _,
            ServiceEffect.Delegate _,
            ServiceEffect.SpendRestart _,
            ServiceEffect.Revert _,
            ServiceEffect.Forget _ -> {}
      }
    }
  }

  private Surroundings surroundings() {
    Map<ServiceName, Renewals> told = new HashMap<>(renewals);
    told.keySet().removeAll(unmet);
    return new Surroundings(
        now, 0.5, unmet, told, candidates(), autonomous, draining, settled, restartWait);
  }

  private List<Candidate> candidates() {
    return nodes.stream()
        .map(
            node ->
                new Candidate(node, Map.of(), !draining.contains(node), draining.contains(node), 0))
        .toList();
  }

  private void place(int slot) {
    place.ifPresent(node -> decide(new ServiceInput.Placed(slot, node)));
  }

  private NodeId nodeOf(InstanceId instance) {
    return Optional.ofNullable(state.living().get(instance))
        .map(Tenant::node)
        .orElse(Palette.NODE_A);
  }

  private Report.Alive alive(InstanceId instance, Phase phase) {
    return new Report.Alive(
        instance, phase, 1000 + instance.epoch(), Map.of("http", 20_000), now, "");
  }

  ServiceState state() {
    return state;
  }

  Active active() {
    return (Active) state;
  }

  Slot slot(int index) {
    return active().slot(index);
  }

  Instant now() {
    return now;
  }

  /** Every launch that was ever asked for, in order. */
  List<InstanceId> launches() {
    return List.copyOf(launches);
  }

  /** Whatever has not ended, the draining included. */
  Set<InstanceId> living() {
    return state.living().keySet();
  }

  Standing standing() {
    return Standing.of(active(), unmet.isEmpty());
  }

  Set<InstanceId> routed() {
    return Routes.of(active()).route().endpoints().keySet();
  }

  /**
   * What the last step led to, in a word each: {@code drain web/0#1}, {@code StandbyPromoted}.
   * Without what goes on beside everything: what is delegated to agents, and the storm budget.
   */
  List<String> happened() {
    return effects.stream().filter(effect -> !isBeside(effect)).map(Words::of).toList();
  }

  private static boolean isBeside(ServiceEffect effect) {
    return switch (effect) {
      case ServiceEffect.Persist(var event) ->
          event instanceof ServiceEvent.BudgetDelegated
              || event instanceof ServiceEvent.BudgetWithdrawn;
      case ServiceEffect.Delegate _, ServiceEffect.SpendRestart _ -> true;
      case ServiceEffect.Place _,
          ServiceEffect.Launch _,
          ServiceEffect.Drain _,
          ServiceEffect.Stop _,
          ServiceEffect.Revert _,
          ServiceEffect.Forget _ ->
          false;
    };
  }

  List<ServiceEffect> effects() {
    return List.copyOf(effects);
  }

  /** The latest that an agent was told it may do. */
  Optional<Budget> delegated() {
    return effects.stream()
        .flatMap(e -> e instanceof ServiceEffect.Delegate(_, var b) ? Stream.of(b) : Stream.of())
        .reduce((_, later) -> later);
  }

  /** As {@link #happened}, without what is only for the record. */
  List<String> done() {
    return effects.stream()
        .filter(effect -> !(effect instanceof ServiceEffect.Persist) && !isBeside(effect))
        .map(Words::of)
        .toList();
  }
}
