package io.holdfast.supervisor.service;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Report;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.ChildReport;
import io.holdfast.core.supervision.GroupInput;
import io.holdfast.core.supervision.Rest;
import io.holdfast.core.supervision.Routes;
import io.holdfast.core.supervision.ServiceEffect;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Standing;
import io.holdfast.core.supervision.Surroundings;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.supervisor.group.GroupActor;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.node.Words;
import io.holdfast.supervisor.routing.RoutingHub;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one service has to do with others: it carries out effects and keeps nothing on record. */
final class Dealings {

  private static final Logger LOG = LoggerFactory.getLogger(Dealings.class);
  private static final int MOST_STRANGERS = 1_000;
  private static final long NOTHING = -1;

  private final ServiceName name;
  private final ServicePorts ports;
  private final ActorRef<InstanceId> drained;
  private final Dependencies dependencies;
  private final Placements placements;
  private final Repairs repairs;
  private final Set<InstanceId> strangers = new HashSet<>();
  private Optional<Standing> told = Optional.empty();
  private Optional<ChildReport> reported = Optional.empty();
  private long published = NOTHING;
  private final Confirmations confirmations;
  private boolean journalAway;
  private int ticks;

  Dealings(ServiceName name, ServicePorts ports, ActorContext<ServiceActor.Command> context) {
    this.name = name;
    this.ports = ports;
    this.drained =
        context.messageAdapter(
            InstanceId.class,
            instance -> new ServiceActor.Observe(new ServiceInput.Drained(instance)));
    this.dependencies = new Dependencies(name, ports);
    this.placements = new Placements(name, ports, context);
    this.repairs = new Repairs(ports.metrics());
    this.confirmations = new Confirmations(name, ports);
    // Not all services at the same tick.
    this.ticks = Math.floorMod(name.value().hashCode(), Rounds.TICKS);
  }

  Surroundings surroundings(ServiceState state) {
    return new Surroundings(
        ports.clock().instant(),
        ports.random().getAsDouble(),
        dependencies.unmet(state),
        dependencies.renewals(state),
        ports.roster().candidates(),
        ports.roster().autonomous(),
        ports.roster().draining(),
        ports.roster().settled(),
        ports.pace().delay());
  }

  Set<ServiceName> unmet(ServiceState state) {
    return dependencies.unmet(state);
  }

  Map<Integer, String> placementProblems() {
    return placements.problems();
  }

  void heard(ServiceState state, ServiceInput input) {
    if (input instanceof ServiceInput.Placed(var slot, _)) {
      placements.done(slot);
    }
    if (state instanceof ServiceState.Blank
        && input instanceof ServiceInput.Reported(var node, _, _, Report.Alive alive)) {
      leftAlone(node, alive.instance());
    }
  }

  /** Says once of each instance that it runs though nobody here has ever heard of its service. */
  private void leftAlone(NodeId node, InstanceId instance) {
    if (strangers.size() < MOST_STRANGERS && strangers.add(instance)) {
      LOG.warn(
          "node {} runs {}, of a service that is not on record here: it is left alone",
          node,
          instance);
    }
  }

  void notPlaced(int slot, NodeId node, String why) {
    placements.refused(slot, node, why);
  }

  void nodesFound(ServiceState state, List<Candidate> nodes) {
    placements.found(state, nodes);
  }

  void recorded(ServiceState state, List<ServiceEvent> events) {
    events.forEach(event -> repairs.note(name, state, event));
  }

  void carryOut(Turn turn) {
    turn.effects().forEach(this::carryOut);
    placements.want(turn.places());
  }

  private void carryOut(ServiceEffect effect) {
    switch (effect) {
      case ServiceEffect.Launch(var instance, var node, var spec) ->
          deliver(node, Words.launch(instance, spec));
      case ServiceEffect.Stop(var instance, var node) -> deliver(node, Words.stop(instance));
      case ServiceEffect.Forget(var instance, var node) -> deliver(node, Words.forget(instance));
      case ServiceEffect.Delegate(var node, var budget) -> deliver(node, Words.budget(budget));
      case ServiceEffect.Drain(var instance) ->
          ports.hub().tell(new RoutingHub.AwaitDrained(instance, drained));
      case ServiceEffect.Revert revert -> ports.catalog().accept(revert);
      case ServiceEffect.Persist _, ServiceEffect.Place _, ServiceEffect.SpendRestart _ -> {}
    }
  }

  void spendRestart() {
    ports.pace().spend();
  }

  private void deliver(NodeId node, SupervisorMessage message) {
    ports.sharding().entityRefFor(NodeActor.KEY, node.value()).tell(new NodeActor.Deliver(message));
  }

  void tick(ServiceState state) {
    dependencies.watch(state);
    placements.expire();
    // What got lost on the way is said again.
    tellGroup(state, true);
    ticks = (ticks + 1) % Rounds.TICKS;
    if (isJournalBack()) {
      published = NOTHING;
      confirmations.restart();
    } else if (ticks == 0) {
      published = NOTHING;
    }
    if (!placements.isSeeking()) {
      confirmations.tick(state);
    }
  }

  /**
   * A decision that nothing asks for makes good what got lost. Where nothing is under way it need
   * not be made every second, by each of thousands of services.
   */
  Optional<ServiceInput> due(ServiceState state) {
    return ticks == 0 || !ports.roster().draining().isEmpty() || !Rest.isAtRest(state)
        ? Optional.of(new ServiceInput.Ticked())
        : Optional.empty();
  }

  /** What agents have said while it was away was not acted upon. */
  private boolean isJournalBack() {
    boolean wasAway = journalAway;
    journalAway = ports.gate().closed().isPresent();
    return wasAway && !journalAway;
  }

  /** Asks nodes after the instances that should be there, unless a place is just being sought. */
  void confirm(ServiceState state, Set<NodeId> nodes) {
    if (!placements.isSeeking()) {
      confirmations.confirm(state, nodes);
    }
  }

  void watched(ServiceState state, ServiceName dependent) {
    dependencies.watchedBy(dependent);
    standing(state).ifPresent(standing -> dependencies.tell(dependent, standing));
  }

  boolean learned(ServiceName dependency, Standing standing) {
    return dependencies.learned(dependency, standing);
  }

  /** Shows the state to those who route, depend and count; {@code sequence} rises with it. */
  void publish(ServiceState state, long sequence) {
    if (sequence != published) {
      published = sequence;
      confirmations.changed();
      publishRoute(state, sequence);
    }
    tellGroup(state, false);
    Optional<Standing> now = standing(state);
    now.ifPresent(standing -> ports.board().stands(name, standing.state()));
    if (!now.equals(told)) {
      told = now;
      now.ifPresent(dependencies::tellAll);
    }
  }

  /** Its group acts on how this service stands. */
  private void tellGroup(ServiceState state, boolean again) {
    if (state instanceof ServiceState.Active active && active.membership().parent().isPresent()) {
      ChildReport report = ChildReport.of(active, dependencies.unmet(state).isEmpty());
      if (again || !Optional.of(report).equals(reported)) {
        reported = Optional.of(report);
        GroupName group = active.membership().parent().get();
        ports
            .sharding()
            .entityRefFor(GroupActor.KEY, group.value())
            .tell(
                new GroupActor.Observe(new GroupInput.Reported(new Child.OfService(name), report)));
      }
    }
  }

  private void publishRoute(ServiceState state, long sequence) {
    switch (state) {
      case ServiceState.Blank() -> {}
      case ServiceState.Active active ->
          ports.hub().tell(new RoutingHub.Publish(Routes.of(active), sequence));
      case ServiceState.Gone _ -> {
        ports.hub().tell(new RoutingHub.Withdraw(name, sequence));
        ports.board().gone(name);
      }
    }
  }

  private Optional<Standing> standing(ServiceState state) {
    return state instanceof ServiceState.Active active
        ? Optional.of(Standing.of(active, dependencies.unmet(state).isEmpty()))
        : Optional.empty();
  }
}
