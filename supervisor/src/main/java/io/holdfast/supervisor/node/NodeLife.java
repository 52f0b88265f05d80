package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.holdfast.core.NodeId;
import io.holdfast.core.detection.AbsenceEffect;
import io.holdfast.core.detection.AbsenceInput;
import io.holdfast.core.placement.Clearing;
import io.holdfast.core.placement.Drain;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.journal.JournalGate;
import io.holdfast.supervisor.journal.Retention;
import io.holdfast.supervisor.journal.Turnstile;
import io.holdfast.supervisor.node.NodeActor.Alive;
import io.holdfast.supervisor.node.NodeActor.Changed;
import io.holdfast.supervisor.node.NodeActor.Command;
import io.holdfast.supervisor.node.NodeActor.Confirm;
import io.holdfast.supervisor.node.NodeActor.Connect;
import io.holdfast.supervisor.node.NodeActor.ConnectAnswer;
import io.holdfast.supervisor.node.NodeActor.Deliver;
import io.holdfast.supervisor.node.NodeActor.DrainTick;
import io.holdfast.supervisor.node.NodeActor.Leaving;
import io.holdfast.supervisor.node.NodeActor.Next;
import io.holdfast.supervisor.node.NodeActor.OrderDrain;
import io.holdfast.supervisor.node.NodeActor.Present;
import io.holdfast.supervisor.node.NodeActor.ReadLogs;
import io.holdfast.supervisor.node.NodeActor.Reserve;
import io.holdfast.supervisor.node.NodeActor.SessionEnded;
import io.holdfast.supervisor.node.NodeActor.Undrain;
import io.holdfast.supervisor.node.NodeActor.Wake;
import io.holdfast.supervisor.node.NodeActor.WatchTick;
import io.holdfast.supervisor.node.NodeActor.Watched;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One host: what is recorded of it, who has a place on it, and the session of its agent.
 *
 * <p>Places are given out here and nowhere else, one after the other, which is all the scheduling
 * there is.
 */
final class NodeLife extends EventSourcedBehavior<Command, NodeEvent, NodeState> {

  private static final String TOO_LATE = "The change was asked for too long ago.";
  private static final String NEVER_CONNECTED =
      "its agent has not connected since the supervisor that looks after it began to";

  private final ActorContext<Command> context;
  private final NodeId id;
  private final NodeLinks links;
  private final AbsenceWatch watch;
  private final DrainWatch drain;
  private final JournalGate gate;
  private final InstantSource clock;
  private final Turnstile<Command> turnstile;

  private Optional<NodeNews> news = Optional.empty();

  NodeLife(
      ActorContext<Command> context,
      NodeId id,
      NodeLinks links,
      AbsenceWatch watch,
      DrainWatch drain,
      JournalGate gate,
      InstantSource clock,
      Turnstile<Command> turnstile) {
    super(
        PersistenceId.of(NodeActor.KEY.name(), id.value()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
    this.context = context;
    this.id = id;
    this.links = links;
    this.watch = watch;
    this.drain = drain;
    this.gate = gate;
    this.clock = clock;
    this.turnstile = turnstile;
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
    drain.forget();
    if (!links.isConnected() && isTrusted(state)) {
      absent(NodeActor.PATIENCE);
      drain.follow(state);
      links.recall(state);
    } else {
      publish(state);
    }
    turnstile.done(context.getSelf());
  }

  /** Its agent is not heard. */
  private void absent(Duration patience) {
    if (watch.begin(patience)) {
      links.askAll();
    }
  }

  private static boolean isTrusted(NodeState state) {
    return state.is(NodeCondition.READY) || state.is(NodeCondition.SUSPECT);
  }

  @Override
  public CommandHandler<Command, NodeEvent, NodeState> commandHandler() {
    return (state, command) ->
        handle(state, command).thenRun(() -> turnstile.done(context.getSelf()));
  }

  private EffectBuilder<NodeEvent, NodeState> handle(NodeState state, Command command) {
    return switch (command) {
      case Wake() -> {
        links.askUnconfirmed(state.drain().isPresent());
        yield news.map(heard -> record(state, heard))
            .orElseGet(() -> Effect().none())
            .thenRun(this::publish);
      }
      case Watched(var input) -> follow(state, watch.hear(input));
      case WatchTick() -> ticked(state);
      case OrderDrain(var until, var replyTo) -> change(state, until, replyTo, this::ordered);
      case Undrain(var until, var replyTo) -> change(state, until, replyTo, this::undrained);
      case Alive(var instances) -> {
        drain.hear(instances);
        yield Effect().none();
      }
      case DrainTick() -> clear(drain.tick(state));
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

  /** Accepted as soon as what it takes is on record, or if nothing is left to record. */
  private EffectBuilder<NodeEvent, NodeState> change(
      NodeState state,
      Instant until,
      ActorRef<ChangeOutcome> replyTo,
      BiFunction<Optional<Drain>, Instant, List<NodeEvent>> events) {
    Instant now = clock.instant();
    Optional<ChangeOutcome> refusal = refusal(state, until, now);
    if (refusal.isPresent()) {
      replyTo.tell(refusal.get());
      return Effect().none();
    }
    List<NodeEvent> facts = events.apply(state.drain(), now);
    EffectBuilder<NodeEvent, NodeState> recorded =
        facts.isEmpty() ? Effect().none() : Effect().persist(facts);
    return recorded.thenRun(
        (NodeState next) -> {
          publish(next);
          replyTo.tell(new ChangeOutcome.Accepted());
        });
  }

  private Optional<ChangeOutcome> refusal(NodeState state, Instant until, Instant now) {
    if (state instanceof NodeState.Unseen) {
      return Optional.of(new ChangeOutcome.Unknown("there is no node '" + id + "'"));
    }
    return gate.closed()
        .map(why -> "Nothing was changed: " + why + ".")
        .or(() -> now.isAfter(until) ? Optional.of(TOO_LATE) : Optional.empty())
        .map(ChangeOutcome.Unavailable::new);
  }

  private List<NodeEvent> ordered(Optional<Drain> before, Instant now) {
    return before.isPresent() ? List.of() : List.of(new NodeEvent.DrainOrdered(id, now));
  }

  private List<NodeEvent> undrained(Optional<Drain> before, Instant now) {
    return before.isPresent() ? List.of(new NodeEvent.Undrained(id, now)) : List.of();
  }

  private EffectBuilder<NodeEvent, NodeState> clear(List<Clearing.Effect> effects) {
    List<NodeEvent> events = NodeFacts.cleared(id, effects, clock.instant());
    return events.isEmpty() ? Effect().none() : persist(events).thenRun(this::publish);
  }

  private EffectBuilder<NodeEvent, NodeState> connect(NodeState state, Connect connect) {
    Optional<NodeProfile> last = news.flatMap(NodeNews::profile).or(state::lastProfile);
    Optional<String> refusal = refusal(state, connect, last);
    if (refusal.isPresent()) {
      connect.replyTo().tell(new ConnectAnswer.Refused(refusal.get()));
      return Effect().none();
    }
    NodeNews heard = NodeNews.connected(connect.profile().after(last));
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

  private Optional<String> refusal(NodeState state, Connect connect, Optional<NodeProfile> last) {
    if (links.hasRival(connect.session(), connect.agent())) {
      return Optional.of(
          "another agent is connected as node '" + id + "'; give each host its own id");
    }
    if (state instanceof NodeState.Unseen && gate.closed().isPresent()) {
      return Optional.of("new nodes cannot be recorded now");
    }
    boolean freed = state.is(NodeCondition.LOST) || links.isEmpty();
    return Admission.refusal(id, last, connect.profile(), freed);
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

  private EffectBuilder<NodeEvent, NodeState> ticked(NodeState state) {
    List<AbsenceEffect> effects = watch.tick();
    boolean missed = news.isEmpty() && watch.isOverdue();
    EffectBuilder<NodeEvent, NodeState> effect =
        missed
            ? condition(state, NodeCondition.SUSPECT, NEVER_CONNECTED, effects)
            : follow(state, effects);
    return effect.thenRun(next -> links.publishNews(next, watch.isDoubted()));
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
    drain.follow(state);
    links.publish(state, watch.isDoubted());
  }
}
