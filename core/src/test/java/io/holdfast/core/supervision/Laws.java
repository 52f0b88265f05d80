package io.holdfast.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What holds after every decision; sees all decisions of one service, in order. */
final class Laws {

  private final boolean exclusive;
  private final boolean fixedPort;
  private long lastEpoch;
  private final Set<InstanceId> expectedFromAgents = new HashSet<>();
  private final Set<InstanceId> launched = new HashSet<>();
  private final Set<InstanceId> ended = new HashSet<>();
  private final Map<NodeId, List<Instant>> atOnce = new HashMap<>();

  /**
   * What every version is. No slot of an exclusive one ever has two instances, and none with a
   * fixed port has two on one node.
   */
  Laws(boolean exclusive, boolean fixedPort) {
    this.exclusive = exclusive;
    this.fixedPort = fixedPort;
  }

  private static String place(Tenant tenant) {
    return tenant.id().slot() + " on " + tenant.node();
  }

  void check(
      ServiceState before,
      ServiceInput input,
      Surroundings surroundings,
      Decision<ServiceState, ServiceEffect> decision) {
    checkHeard(before, surroundings, decision);
    if (input instanceof ServiceInput.Ticked) {
      nothingIsDueAnyMore(decision.state(), surroundings.now());
    }
    whatIsAtRestIsLeftAlone(decision.state(), surroundings);
    if (decision.state() instanceof Active active) {
      aHaltedServiceStartsNothing(active, decision.effects());
      slotsAndRolesAreSound(active);
      restartsAtOnceStayWithinTheIntensity(active.spec().restart(), surroundings.now());
      placesAreLookedFor(active, surroundings, decision.effects());
      onlyTheLivingAreRouted(active);
      thresholdsLeaveEnough(active, decision.effects());
    }
  }

  /** What holds even before the steps towards what is wanted. */
  void checkHeard(
      ServiceState before,
      Surroundings surroundings,
      Decision<ServiceState, ServiceEffect> decision) {
    replayingTheRecordGivesTheState(before, decision);
    decision.effects().forEach(effect -> follow(effect, surroundings));
    everyInstanceIsAccountedFor(decision.state());
    slotsAreNotCrowded(decision.state());
  }

  /** Where no node asks for more, nobody need ask every second whether something got lost. */
  private static void whatIsAtRestIsLeftAlone(ServiceState state, Surroundings surroundings) {
    boolean still = surroundings.draining().isEmpty() && surroundings.settled().isEmpty();
    if (still && Rest.isAtRest(state)) {
      assertThat(Service.decide(state, new ServiceInput.Ticked(), surroundings).effects())
          .as("of a tick, at rest")
          .isEmpty();
    }
  }

  private static void replayingTheRecordGivesTheState(
      ServiceState before, Decision<ServiceState, ServiceEffect> decision) {
    ServiceState replayed = before;
    for (ServiceEffect effect : decision.effects()) {
      if (effect instanceof ServiceEffect.Persist(var event)) {
        replayed = replayed.after(event);
      }
    }
    assertThat(replayed).isEqualTo(decision.state());
  }

  private void follow(ServiceEffect effect, Surroundings surroundings) {
    switch (effect) {
      case ServiceEffect.Persist(var event) -> follow(event, surroundings);
      case ServiceEffect.Launch(var instance, _, _) ->
          assertThat(launched).as("recorded before it is launched").contains(instance);
      case ServiceEffect.Place _ -> assertThat(surroundings.unmet()).isEmpty();
      case ServiceEffect.Drain(var instance) ->
          assertThat(launched).as("drained").contains(instance);
      case ServiceEffect.Stop _,
          ServiceEffect.Forget _,
          ServiceEffect.Delegate _,
          ServiceEffect.Revert _,
          ServiceEffect.SpendRestart _ -> {}
    }
  }

  private void follow(ServiceEvent event, Surroundings surroundings) {
    switch (event) {
      case ServiceEvent.InstanceLaunched(var instance, _, _, _, _) -> born(instance, surroundings);
      case ServiceEvent.IncomingLaunched(var instance, _, _, _, _) -> born(instance, surroundings);
      case ServiceEvent.InstanceExited exited -> {
        assertThat(ended.add(exited.instance())).as("ends once").isTrue();
        if (exited.verdict() instanceof Verdict.Delegated(long epoch, _)) {
          InstanceId dead = exited.instance();
          expectedFromAgents.add(new InstanceId(dead.service(), dead.slot(), epoch));
        }
        if (isCountedAtOnce(exited.verdict())) {
          atOnce.computeIfAbsent(exited.node(), _ -> new ArrayList<>()).add(exited.at());
        }
      }
      case ServiceEvent.SlotsRevived _, ServiceEvent.RemovalBegan _, ServiceEvent.Halted _ ->
          atOnce.clear();
      case ServiceEvent.BudgetDelegated delegated -> granted(delegated);
      // It was given up, and is seen again.
      case ServiceEvent.InstanceAdopted(var instance, _, _, _) ->
          assertThat(ended.remove(instance)).as("had been given up").isTrue();
      case ServiceEvent.SpecAccepted _,
          ServiceEvent.EpochsLifted _,
          ServiceEvent.StrangerFound _,
          ServiceEvent.InstanceStarted _,
          ServiceEvent.InstanceReadied _,
          ServiceEvent.InstanceUnreadied _,
          ServiceEvent.InstanceIsolated _,
          ServiceEvent.IsolationEnded _,
          ServiceEvent.InstanceCondemned _,
          ServiceEvent.CommonCauseFound _,
          ServiceEvent.CommonCauseLapsed _,
          ServiceEvent.StandbyPromoted _,
          ServiceEvent.SlotWoken _,
          ServiceEvent.DrainBegan _,
          ServiceEvent.StopBegan _,
          ServiceEvent.RolloutBegan _,
          ServiceEvent.TurnBegan _,
          ServiceEvent.TurnEnded _,
          ServiceEvent.RolloutEnded _,
          ServiceEvent.ReversionRefused _,
          ServiceEvent.RelocationBegan _,
          ServiceEvent.RelocationEnded _,
          ServiceEvent.SlotsHeld _,
          ServiceEvent.GroupJoined _,
          ServiceEvent.GroupLeft _,
          ServiceEvent.Begun _,
          ServiceEvent.DependencyRenewed _,
          ServiceEvent.BudgetWithdrawn _ -> {}
    }
  }

  private static boolean isCountedAtOnce(Verdict verdict) {
    return verdict.rung().equals("at-once")
        && !(verdict instanceof Verdict.Delegated(_, boolean counted) && !counted);
  }

  private void granted(ServiceEvent.BudgetDelegated event) {
    for (EpochBlock block : event.blocks().values()) {
      assertThat(block.first()).as("epochs are given once").isGreaterThan(lastEpoch);
      lastEpoch = block.last();
    }
  }

  private void born(InstanceId instance, Surroundings surroundings) {
    if (expectedFromAgents.remove(instance)) {
      assertThat(launched.add(instance)).as("no epoch is used twice").isTrue();
      return;
    }
    assertThat(instance.epoch()).as("epochs rise").isGreaterThan(lastEpoch);
    assertThat(surroundings.unmet()).as("no launch without its dependencies").isEmpty();
    lastEpoch = instance.epoch();
    launched.add(instance);
  }

  private void everyInstanceIsAccountedFor(ServiceState state) {
    Set<InstanceId> expected = new TreeSet<>(launched);
    expected.removeAll(ended);
    assertThat(state.living().keySet()).isEqualTo(expected);
  }

  private void slotsAreNotCrowded(ServiceState state) {
    Map<Integer, Integer> perSlot = new HashMap<>();
    state.living().keySet().forEach(id -> perSlot.merge(id.slot(), 1, Integer::sum));
    assertThat(perSlot.values()).allMatch(count -> count <= (exclusive ? 1 : 2));
    if (fixedPort) {
      assertThat(state.living().values().stream().map(Laws::place).toList())
          .as("one of a slot on each node")
          .doesNotHaveDuplicates();
    }
  }

  private static void nothingIsDueAnyMore(ServiceState state, Instant now) {
    assertThat(Deadlines.next(state).orElse(Instant.MAX)).as("next deadline").isAfter(now);
  }

  private static void aHaltedServiceStartsNothing(Active active, List<ServiceEffect> effects) {
    if (active.membership().isHalted()) {
      assertThat(effects)
          .as("halted")
          .noneMatch(effect -> effect instanceof ServiceEffect.Place)
          .noneMatch(effect -> effect instanceof ServiceEffect.Launch);
    }
  }

  private static void slotsAndRolesAreSound(Active active) {
    assertThat(List.copyOf(active.slots().keySet()))
        .isEqualTo(IntStream.range(0, active.spec().slots()).boxed().toList());
    assertThat(active.slots().values().stream().filter(Slot::isActive).count())
        .as("actives")
        .isEqualTo(active.spec().instances());
    assertThat(active.specs()).containsKey(active.version());
  }

  private void restartsAtOnceStayWithinTheIntensity(RestartPolicy policy, Instant now) {
    Instant from = now.minus(policy.period());
    atOnce.forEach(
        (node, moments) ->
            assertThat(moments.stream().filter(moment -> moment.isAfter(from)).count())
                .as("restarts at once on %s", node)
                .isLessThanOrEqualTo(policy.intensity()));
  }

  private static void placesAreLookedFor(
      Active active, Surroundings surroundings, List<ServiceEffect> effects) {
    List<Integer> asked =
        effects.stream()
            .flatMap(
                effect ->
                    effect instanceof ServiceEffect.Place(var slot, _)
                        ? Stream.of(slot)
                        : Stream.of())
            .toList();
    assertThat(asked).as("places").doesNotHaveDuplicates();
    for (Slot slot : active.slots().values()) {
      if (active.isOrdered() || active.membership().isHalted()) {
        continue;
      }
      boolean leaving =
          active.outgoing().keySet().stream().anyMatch(id -> id.slot() == slot.index());
      if (slot.occupancy() instanceof Occupancy.Vacant
          && surroundings.unmet().isEmpty()
          && !leaving
          && !Reversions.isLeft(active, slot)
          && active.incoming().isEmpty()) {
        assertThat(asked).as("places").contains(slot.index());
      }
    }
  }

  private static void thresholdsLeaveEnough(Active active, List<ServiceEffect> effects) {
    boolean acted =
        effects.stream()
            .anyMatch(
                effect ->
                    effect instanceof ServiceEffect.Persist(var event)
                        && (event instanceof ServiceEvent.InstanceIsolated
                            || event instanceof ServiceEvent.InstanceCondemned));
    if (acted && active.spec().instances() > 1) {
      assertThat(active.ready() * 2).isGreaterThanOrEqualTo(active.spec().instances());
      assertThat(active.ready()).isPositive();
    }
    assertThat(
            active.slots().values().stream()
                .flatMap(slot -> slot.tenant().stream())
                .filter(tenant -> tenant.regard() instanceof Regard.Condemned)
                .count())
        .as("one at a time")
        .isLessThanOrEqualTo(1);
  }

  private static void onlyTheLivingAreRouted(Active active) {
    Set<InstanceId> routed = Routes.of(active).route().endpoints().keySet();
    assertThat(active.living().keySet().containsAll(routed)).as("only the living").isTrue();
  }
}
