package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.AbsenceEffect;
import io.holdfast.core.detection.AbsenceInput;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.journal.JournalGate;
import io.holdfast.supervisor.journal.Retention;
import io.holdfast.supervisor.journal.Turnstile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One host: what is recorded of it, who has a place on it, and the session of its agent.
 *
 * <p>Places are given out here and nowhere else, one after the other, which is all the scheduling
 * there is.
 */
public final class NodeActor extends EventSourcedBehavior<NodeActor.Command, NodeEvent, NodeState> {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "node");

  /**
   * Longer than usual, after this actor's own start: agents are connecting anew then, and it has
   * not heard yet which doors the node has.
   */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  public sealed interface Command {}

  /** Be there. */
  public record Wake() implements Command {}

  /** An agent introduces itself. */
  public record Connect(
      NodeProfile profile,
      String agent,
      ActorRef<AgentSession.Command> session,
      ActorRef<ConnectAnswer> replyTo)
      implements Command {}

  /** The session lives; it is asked to introduce itself where it is not known. */
  public record Present(ActorRef<AgentSession.Command> session) implements Command {}

  /** The session has ended, or its agent has gone silent or come back. */
  public record Changed(ActorRef<AgentSession.Command> session, NodeCondition condition, String why)
      implements Command {}

  public record SessionEnded(ActorRef<AgentSession.Command> session, String why)
      implements Command {}

  /** The agent is ending with its services. */
  public record Leaving(ActorRef<AgentSession.Command> session) implements Command {}

  /** Keep a place for a slot. */
  public record Reserve(
      ServiceName service, int slot, Set<Integer> fixedPorts, ActorRef<ReserveAnswer> replyTo)
      implements Command {
    public Reserve {
      fixedPorts = Set.copyOf(fixedPorts);
    }
  }

  /**
   * These slots of the service have a place here, and these instances of it should live here, each
   * as far as the service knows: tell the service where the agent knows better.
   *
   * @param doors of those that are ready
   */
  public record Confirm(
      ServiceName service,
      Set<Integer> slots,
      Map<InstanceId, Phase> instances,
      Map<InstanceId, Door> doors,
      Set<Integer> fixedPorts)
      implements Command {
    public Confirm {
      slots = Set.copyOf(slots);
      instances = Map.copyOf(instances);
      doors = Map.copyOf(doors);
      fixedPorts = Set.copyOf(fixedPorts);
    }
  }

  /** Pass this on to the agent; lost when it is away, and then asked for again by reconciling. */
  public record Deliver(SupervisorMessage message) implements Command {}

  public record ReadLogs(AgentSession.LogWanted wanted) implements Command {}

  /** What has become known of a node whose agent is not heard. */
  record Watched(AbsenceInput input) implements Command {}

  /** Time goes by, while its agent is not heard. */
  record WatchTick() implements Command {}

  /** For the turnstile alone. */
  private record Next() implements Command {}

  public sealed interface ConnectAnswer {
    record Welcome() implements ConnectAnswer {}

    record Refused(String why) implements ConnectAnswer {}
  }

  public sealed interface ReserveAnswer {
    record Reserved() implements ReserveAnswer {}

    record Refused(String why) implements ReserveAnswer {}
  }

  private final ActorContext<Command> context;
  private final NodeId id;
  private final NodeLinks links;
  private final AbsenceWatch watch;
  private final JournalGate gate;
  private final InstantSource clock;
  private final Turnstile<Command> turnstile;

  private Optional<NodeNews> news = Optional.empty();

  private NodeActor(
      ActorContext<Command> context,
      NodeId id,
      NodeLinks links,
      AbsenceWatch watch,
      JournalGate gate,
      InstantSource clock,
      Turnstile<Command> turnstile) {
    super(
        PersistenceId.of(KEY.name(), id.value()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
    this.context = context;
    this.id = id;
    this.links = links;
    this.watch = watch;
    this.gate = gate;
    this.clock = clock;
    this.turnstile = turnstile;
  }

  public static Behavior<Command> create(
      NodeId id,
      ActorRef<NodeDirectory.Command> directory,
      ActorRef<BrakeActor.Command> brake,
      Callers callers,
      JournalGate gate,
      InstantSource clock,
      LongSupplier ticker) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Turnstile<Command> turnstile = new Turnstile<>(Command.class, new Next());
                  NodeLinks links = new NodeLinks(id, directory, callers, ticker);
                  AbsenceWatch watch =
                      new AbsenceWatch(
                          context,
                          timers,
                          new AbsenceWatch.Post(id, directory, brake, callers, ticker),
                          links::someDoors,
                          links::home);
                  return Behaviors.intercept(
                      () -> turnstile,
                      new NodeActor(context, id, links, watch, gate, clock, turnstile));
                }));
  }

  @Override
  public NodeState emptyState() {
    return new NodeState.Unseen();
  }

  @Override
  public EventHandler<NodeState, NodeEvent> eventHandler() {
    return NodeState::after;
  }

  @Override
  public Set<String> tagsFor(NodeEvent event) {
    return Set.of(EventFeed.TAG);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return Retention.CRITERIA;
  }

  @Override
  public SnapshotAdapter<NodeState> snapshotAdapter() {
    return Retention.snapshots(NodeState.class);
  }

  @Override
  public SignalHandler<NodeState> signalHandler() {
    return Retention.watched(newSignalHandlerBuilder())
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  /** After a failed write too, which has cancelled the timer of a watch. */
  private void recovered(NodeState state) {
    watch.end();
    if (!links.isConnected() && isTrusted(state)) {
      absent(PATIENCE);
    }
    publish(state);
    turnstile.done(context.getSelf());
  }

  /** Its agent is not heard. */
  private void absent(Duration patience) {
    if (watch.begin(patience)) {
      links.askAll();
    }
  }

  private static boolean isTrusted(NodeState state) {
    return state instanceof NodeState.Seen(_, var condition) && condition != NodeCondition.LOST;
  }

  @Override
  public CommandHandler<Command, NodeEvent, NodeState> commandHandler() {
    return (state, command) ->
        handle(state, command).thenRun(() -> turnstile.done(context.getSelf()));
  }

  private EffectBuilder<NodeEvent, NodeState> handle(NodeState state, Command command) {
    return switch (command) {
      case Wake() ->
          news.map(heard -> record(state, heard))
              .orElseGet(() -> Effect().none())
              .thenRun(this::publish);
      case Watched(var input) -> follow(state, watch.hear(input));
      case WatchTick() -> follow(state, watch.tick());
      case Connect connect -> connect(state, connect);
      case Present(var session) -> {
        if (!links.isCurrent(session)) {
          session.tell(new AgentSession.Introduce());
        }
        yield Effect().none();
      }
      case SessionEnded ended -> ended(state, ended);
      case Changed changed ->
          links.isCurrent(changed.session()) ? changed(state, changed) : Effect().none();
      case Leaving leaving -> {
        links.leaving(leaving.session());
        yield published();
      }
      case Reserve reserve -> {
        reserve.replyTo().tell(links.reserve(state, reserve));
        yield published();
      }
      case Confirm confirm -> {
        links.confirm(state, confirm);
        watch.doorsFound();
        yield published();
      }
      case Deliver deliver -> {
        links.deliver(deliver.message());
        yield Effect().none();
      }
      case ReadLogs read -> {
        links.readLogs(read.wanted());
        yield Effect().none();
      }
      case Next() -> Effect().none();
    };
  }

  private EffectBuilder<NodeEvent, NodeState> connect(NodeState state, Connect connect) {
    if (links.hasRival(connect.session(), connect.agent())) {
      connect
          .replyTo()
          .tell(
              new ConnectAnswer.Refused(
                  "another agent is connected as node '" + id + "'; give each host its own id"));
      return Effect().none();
    }
    if (state instanceof NodeState.Unseen && gate.closed().isPresent()) {
      connect.replyTo().tell(new ConnectAnswer.Refused("new nodes cannot be recorded now"));
      return Effect().none();
    }
    NodeNews heard = NodeNews.connected(connect.profile());
    return record(state, heard)
        .thenRun(
            (NodeState next) -> {
              news = Optional.of(heard);
              watch.end();
              links.connected(
                  connect.session(),
                  connect.agent(),
                  Homes.of(connect.session(), context.getSystem()));
              // A session whose supervisor node dies says no farewell.
              context.watchWith(
                  connect.session(), new SessionEnded(connect.session(), "its supervisor is gone"));
              publish(next);
              connect.replyTo().tell(new ConnectAnswer.Welcome());
            });
  }

  private EffectBuilder<NodeEvent, NodeState> ended(NodeState state, SessionEnded ended) {
    if (!links.isCurrent(ended.session())) {
      return Effect().none();
    }
    links.disconnected();
    absent(Duration.ZERO);
    return condition(state, NodeCondition.SUSPECT, ended.why());
  }

  /** Its heartbeats stopped, or are back. */
  private EffectBuilder<NodeEvent, NodeState> changed(NodeState state, Changed changed) {
    if (changed.condition() == NodeCondition.READY) {
      watch.end();
      return condition(state, changed.condition(), changed.why());
    }
    absent(Duration.ZERO);
    List<AbsenceEffect> effects = watch.hear(new AbsenceInput.FellSilent());
    return condition(state, changed.condition(), changed.why(), effects);
  }

  private EffectBuilder<NodeEvent, NodeState> follow(NodeState state, List<AbsenceEffect> effects) {
    Optional<String> condemned =
        effects.stream()
            .flatMap(
                effect ->
                    effect instanceof AbsenceEffect.Condemn(var why)
                        ? Stream.of(why)
                        : Stream.empty())
            .findFirst();
    if (condemned.isEmpty()) {
      return effects.isEmpty() ? Effect().none() : tell(effects);
    }
    // Nothing could be replaced while the journal is away; the brake is asked again.
    return gate.closed().isPresent() ? Effect().none() : condemn(state, condemned.get());
  }

  private EffectBuilder<NodeEvent, NodeState> condemn(NodeState state, String why) {
    watch.end();
    return condition(state, NodeCondition.LOST, why).thenRun(links::condemned);
  }

  private EffectBuilder<NodeEvent, NodeState> condition(
      NodeState state, NodeCondition condition, String why) {
    return condition(state, condition, why, List.of());
  }

  private EffectBuilder<NodeEvent, NodeState> condition(
      NodeState state, NodeCondition condition, String why, List<AbsenceEffect> effects) {
    NodeNews heard =
        news.map(before -> before.with(condition, why))
            .orElseGet(() -> new NodeNews(Optional.empty(), condition, why));
    news = Optional.of(heard);
    List<NodeEvent> events = new ArrayList<>(NodeFacts.of(id, state, heard, clock.instant()));
    events.addAll(NodeFacts.of(id, effects, clock.instant()));
    return persist(events).thenRun(this::publish);
  }

  private EffectBuilder<NodeEvent, NodeState> tell(List<AbsenceEffect> effects) {
    return persist(NodeFacts.of(id, effects, clock.instant())).thenRun(this::publish);
  }

  /** As far as it is not recorded yet; where the journal is away, at a later wake-up call. */
  private EffectBuilder<NodeEvent, NodeState> record(NodeState state, NodeNews heard) {
    return persist(NodeFacts.of(id, state, heard, clock.instant()));
  }

  private EffectBuilder<NodeEvent, NodeState> persist(List<NodeEvent> events) {
    return events.isEmpty() || gate.closed().isPresent()
        ? Effect().none()
        : Effect().persist(events);
  }

  private EffectBuilder<NodeEvent, NodeState> published() {
    return Effect().none().thenRun(next -> links.publishNews(next, watch.isDoubted()));
  }

  private void publish(NodeState state) {
    links.publish(state, watch.isDoubted());
  }
}
