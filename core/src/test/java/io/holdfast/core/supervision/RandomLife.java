package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.exit;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Strategy;
import io.holdfast.core.spec.Thresholds;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A service to which anything may happen, in an order that the seed decides. */
final class RandomLife {

  private static final List<String> PROGRAMS = List.of("bin/web", "bin/newer", "bin/newest");

  private final SplittableRandom random;
  private final boolean fixedPorts;
  private final boolean exclusive;
  private final Strategy strategy;
  private final Optional<GroupName> parent;
  private final RandomAgents agents = new RandomAgents();
  private long order;
  private final RestartType type;
  private final int intensity;
  private final Duration period;
  private final Laws laws;
  private final List<InstanceId> known = new ArrayList<>(List.of(web(0, 900), web(2, 901)));
  private final List<Integer> places = new ArrayList<>();
  private ServiceState state = new ServiceState.Blank();
  private Instant now = START;
  private final Set<NodeId> autonomous;
  private Set<ServiceName> unmet = Set.of();
  private Set<NodeId> draining = Set.of();
  private Optional<ServiceSpec> back = Optional.empty();
  private long version;

  RandomLife(long seed) {
    random = new SplittableRandom(seed);
    fixedPorts = random.nextBoolean();
    exclusive = random.nextInt(4) == 0;
    strategy = random.nextInt(3) == 0 ? one(List.of(Strategy.values())) : Strategy.ONE_FOR_ONE;
    parent = random.nextInt(3) == 0 ? Optional.of(SHOP) : Optional.empty();
    type = random.nextInt(4) == 0 ? one(List.of(RestartType.values())) : RestartType.PERMANENT;
    intensity = random.nextInt(7);
    period = Duration.ofSeconds(1 + random.nextInt(200));
    autonomous = random.nextBoolean() ? Set.of(NODE_A, NODE_B) : Set.of();
    laws = new Laws(exclusive, fixedPorts);
  }

  void live(int steps) {
    tell(new ServiceInput.Ensured(nextVersion(), spec().build(), parent));
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(3) == 0) {
        now = later();
      }
      tell(places.isEmpty() || random.nextInt(4) == 0 ? input() : placed());
    }
  }

  /** Like {@link #live}, and what may wait for more of its kind does. */
  void liveInTurns(int steps) {
    tell(new ServiceInput.Ensured(nextVersion(), spec().build(), parent));
    for (int step = 0; step < steps; step++) {
      if (random.nextInt(3) == 0) {
        now = later();
      }
      List<ServiceInput> inputs = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        inputs.add(places.isEmpty() || random.nextInt(4) == 0 ? input() : placed());
      }
      inputs.stream().filter(Service::mayWait).forEach(this::hear);
      tell(inputs.isEmpty() ? new ServiceInput.Ticked() : inputs.getLast());
    }
  }

  private ServiceInput placed() {
    return new ServiceInput.Placed(places.removeFirst(), node());
  }

  private NodeId node() {
    return one(List.of(NODE_A, NODE_B));
  }

  /** The catalogue goes back, or cannot. */
  private ServiceInput reverted() {
    ServiceInput next =
        random.nextInt(8) == 0
            ? new ServiceInput.RevertRefused(version, "it cannot")
            : new ServiceInput.Ensured(++version, back.orElseThrow(), parent);
    back = Optional.empty();
    return next;
  }

  /** Nothing fails from now on, and everybody answers: in the end all is as it should be. */
  void settle() {
    unmet = Set.of();
    draining = Set.of();
    if (!(state instanceof Active)) {
      tell(new ServiceInput.Ensured(++version, spec().build(), parent));
    }
    for (int round = 0; !isSettled(); round++) {
      assertThat(round).as("rounds until settled: %s", state).isLessThan(200);
      answerEverything();
      // Canaries are watched from one tick to the next.
      now = Deadlines.next(state).orElse(now.plusSeconds(1));
      tell(new ServiceInput.Ticked());
    }
  }

  private void answerEverything() {
    parent.ifPresent(group -> tell(new ServiceInput.BeginOrdered(group, ++order)));
    if (back.isPresent()) {
      tell(reverted());
    }
    for (Tenant tenant : List.copyOf(state.living().values())) {
      Outgoing out = Service.outgoing(state).get(tenant.id());
      if (out == null && tenant.regard() instanceof Regard.Condemned(_, boolean stopping, _)) {
        tell(
            stopping
                ? dead(tenant.id(), ExitCause.REQUESTED, tenant.node())
                : new ServiceInput.Drained(tenant.id()));
      } else if (out == null) {
        tell(alive(tenant.id(), Phase.READY, tenant.node()));
      } else if (out.stopping()) {
        tell(dead(tenant.id(), ExitCause.REQUESTED, tenant.node()));
      } else {
        tell(new ServiceInput.Drained(tenant.id()));
      }
    }
    for (int slot = 0; slot < ((Active) state).spec().slots(); slot++) {
      tell(new ServiceInput.Placed(slot, fixedPorts ? node() : NODE_A));
    }
  }

  private boolean isSettled() {
    return state instanceof Active active
        && active.outgoing().isEmpty()
        && active.rollout().isEmpty()
        && active.reversion().isEmpty()
        && active.relocation().flatMap(Relocation::surge).isEmpty()
        && active.slots().values().stream()
            .allMatch(slot -> slot.isReady() || slot.occupancy() instanceof Occupancy.Ended)
        && Deadlines.next(active).isEmpty();
  }

  private void tell(ServiceInput input) {
    agents.haveHeard(state, input, now);
    Surroundings surroundings = surroundings();
    Decision<ServiceState, ServiceEffect> decision = Service.decide(state, input, surroundings);
    assertThat(Service.decide(state, input, surroundings))
        .as("the same question has the same answer")
        .isEqualTo(decision);
    laws.check(state, input, surroundings, decision);
    places.clear();
    decision.effects().forEach(this::note);
    state = decision.state();
  }

  private void hear(ServiceInput input) {
    agents.haveHeard(state, input, now);
    Decision<ServiceState, ServiceEffect> heard = Service.hear(state, input, surroundings());
    laws.checkHeard(state, surroundings(), heard);
    heard.effects().forEach(this::note);
    state = heard.state();
  }

  private Surroundings surroundings() {
    return new Surroundings(
        now,
        random.nextDouble(),
        unmet,
        Map.of(),
        nodes(),
        autonomous,
        draining,
        Set.of(NODE_A, NODE_B),
        Duration.ZERO);
  }

  private void note(ServiceEffect effect) {
    switch (effect) {
      case ServiceEffect.Launch(var instance, _, _) -> known.add(instance);
      case ServiceEffect.Place(var slot, _) -> places.add(slot);
      // At times the word is lost on its way.
      case ServiceEffect.Delegate(var node, var budget) ->
          agents.told(node, budget, random.nextInt(4) != 0, now);
      case ServiceEffect.Persist _,
          ServiceEffect.Drain _,
          ServiceEffect.Stop _,
          ServiceEffect.SpendRestart _,
          ServiceEffect.Forget _ -> {}
      case ServiceEffect.Revert(_, var spec, _) -> back = Optional.of(spec);
    }
  }

  private List<Candidate> nodes() {
    return Stream.of(NODE_A, NODE_B)
        .map(
            node ->
                new Candidate(node, Map.of(), !draining.contains(node), draining.contains(node), 0))
        .toList();
  }

  private Instant later() {
    Optional<Instant> next = Deadlines.next(state).filter(moment -> moment.isAfter(now));
    return random.nextBoolean() && next.isPresent()
        ? next.get()
        : now.plusMillis(random.nextInt(20_000));
  }

  private ServiceInput input() {
    if (back.isPresent() && random.nextInt(4) == 0) {
      return reverted();
    }
    return switch (random.nextInt(40)) {
      case 0 -> new ServiceInput.Ensured(nextVersion(), spec().build(), parent);
      case 1 ->
          random.nextInt(8) == 0
              ? new ServiceInput.Removed(nextVersion())
              : new ServiceInput.Ensured(nextVersion(), spec().build(), parent);
      case 2 ->
          new ServiceInput.RestartRequested(
              random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(5)));
      case 3, 4 -> dependencyMayChange();
      case 5, 6, 7, 8, 9, 10, 11, 12 -> new ServiceInput.Ticked();
      case 13 -> new ServiceInput.Placed(random.nextInt(5), node());
      case 14, 15 -> missed(someone());
      case 16, 17, 18 -> new ServiceInput.Drained(someone());
      case 19 -> groupSays();
      case 29 -> drainMayChange();
      case 24, 25 -> restartedByAgent(someone());
      case 27, 28 -> judged();
      case 26 ->
          new ServiceInput.NodeAway(
              node(), Duration.ofSeconds(random.nextInt(60)), random.nextBoolean());
      case 20, 21, 22, 23 -> dead(someone(), one(List.of(ExitCause.values())), NODE_A);
      default -> alive(someone(), one(PHASES), NODE_A);
    };
  }

  private ServiceInput judged() {
    return new ServiceInput.Judged(
        Stream.of(someone(), someone(), someone())
            .distinct()
            .map(id -> new Finding(id, one(List.of(Finding.Opinion.values())), "it failed"))
            .toList());
  }

  private ServiceInput groupSays() {
    order += random.nextInt(2);
    return switch (random.nextInt(4)) {
      case 0 -> new ServiceInput.HaltOrdered(SHOP, order, "the group says so");
      case 1 -> new ServiceInput.HoldOrdered(SHOP, someone(), "spent");
      default -> new ServiceInput.BeginOrdered(SHOP, order);
    };
  }

  /** The agent does what its budget lets it, and no more. */
  private ServiceInput restartedByAgent(InstanceId instance) {
    Tenant tenant = state.living().get(instance);
    Optional<InstanceId> successor =
        tenant == null ? Optional.empty() : agents.restart(tenant, now);
    if (tenant == null || successor.isEmpty()) {
      return dead(instance, ExitCause.SELF, NODE_A);
    }
    known.add(successor.get());
    Report report =
        new Report.Dead(
            instance,
            exit(ExitCause.SELF, new ExitStatus.Code(1)),
            OptionalLong.of(successor.get().epoch()));
    return new ServiceInput.Reported(tenant.node(), "10.0.0.1", "", report);
  }

  private static final List<Phase> PHASES =
      List.of(Phase.STARTING, Phase.READY, Phase.READY, Phase.UNREADY, Phase.STOPPING);

  private ServiceInput dependencyMayChange() {
    unmet = random.nextInt(6) == 0 ? Set.of(DB) : Set.of();
    return new ServiceInput.Ticked();
  }

  private ServiceInput drainMayChange() {
    draining = random.nextBoolean() ? Set.of() : Set.of(node());
    return new ServiceInput.Ticked();
  }

  private ServiceInput missed(InstanceId instance) {
    NodeId node =
        Optional.ofNullable(state.living().get(instance)).map(Tenant::node).orElse(NODE_B);
    return new ServiceInput.Missed(random.nextInt(4) == 0 ? NODE_A : node, instance);
  }

  /** Mostly a newer one, at times one that was there before. */
  private long nextVersion() {
    version += random.nextInt(5) == 0 ? 0 : 1;
    return version;
  }

  /** Mostly one that lives, at times one that is long gone or was never there. */
  private InstanceId someone() {
    List<InstanceId> living = List.copyOf(state.living().keySet());
    return living.isEmpty() || random.nextInt(5) == 0 ? one(known) : one(living);
  }

  private WebSpec spec() {
    WebSpec spec =
        web()
            .instances(random.nextInt(4))
            .standby(random.nextInt(3))
            .program(one(PROGRAMS))
            .grace(Duration.ofSeconds(random.nextInt(3)))
            .type(type)
            .intensity(intensity)
            .period(period)
            .dependsOn(DB);
    if (random.nextBoolean()) {
      spec.autoRevert();
    }
    spec.canary(random.nextInt(3));
    if (random.nextInt(4) != 0) {
      spec.thresholds(one(List.of(Thresholds.Response.values())));
    }
    spec.strategy(strategy);
    if (exclusive) {
      spec.exclusive().standby(0);
    }
    return fixedPorts ? spec.fixedPort() : spec;
  }

  private ServiceInput alive(InstanceId instance, Phase phase, NodeId node) {
    return new ServiceInput.Reported(
        node,
        "10.0.0.1",
        "",
        new Report.Alive(instance, phase, 1, Map.of("http", 20_000), now, ""));
  }

  private static ServiceInput dead(InstanceId instance, ExitCause cause, NodeId node) {
    Report report = new Report.Dead(instance, exit(cause, new ExitStatus.Code(0)));
    return new ServiceInput.Reported(node, "10.0.0.1", "", report);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
