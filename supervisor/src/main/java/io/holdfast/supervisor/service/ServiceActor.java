package io.holdfast.supervisor.service;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.EventAdapter;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.supervision.Deadlines;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Standing;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.api.ServiceDetail;
import io.holdfast.supervisor.journal.Batch;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.journal.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One service: the shell around {@code Service}. It records what was decided, then does it.
 *
 * <p>Its place in the journal numbers what it publishes, so a hub can tell old from new even across
 * a restart of this actor.
 */
public final class ServiceActor
    extends EventSourcedBehavior<ServiceActor.Command, Batch, ServiceState> {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "service");

  /** Something lost on the way is noticed at the next of these. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private static final Duration CROWDED = TICK.dividedBy(2);

  public sealed interface Command {}

  /** What may wait for what comes after it, and be dealt with together. */
  sealed interface News extends Command {}

  /** Something the service is told. */
  public record Observe(ServiceInput input) implements News {}

  /** How requests to its instances have ended. */
  record Told(List<Outcomes> outcomes) implements Command {}

  /** An operator wants fresh instances; accepted once recorded, and not begun after that. */
  public record Restart(OptionalInt slot, Instant until, ActorRef<ChangeOutcome> replyTo)
      implements Command {}

  /** Everything about the service; empty when it is not wanted. */
  public record Read(ActorRef<Optional<ServiceDetail>> replyTo) implements Command {}

  /** The node's agent has connected. */
  public record NodeConnected(NodeId node) implements News {}

  /** A dependent wants to be told how this service stands, for a while. */
  record Watch(ServiceName dependent) implements News {}

  /** How a dependency stands. */
  record DependencyStands(ServiceName dependency, Standing standing) implements News {}

  /** The nodes as they are now, for the places that are wanted. */
  record NodesFound(List<Candidate> nodes) implements News {
    NodesFound {
      nodes = List.copyOf(nodes);
    }
  }

  /** A node that was asked for a place has none for the slot. */
  record NotPlaced(int slot, NodeId node, String why) implements News {}

  /** There is news in the inbox. */
  record Take() implements Command {}

  private record Tick() implements Command {}

  private record Wake() implements Command {}

  private final ServicePorts ports;
  private final Dealings dealings;
  private final Judgements judgements;
  private final Inbox inbox;
  private final TimerScheduler<Command> timers;
  private final ActorContext<Command> context;

  /** Of what is being recorded; what is replayed has to be worked out. */
  private Optional<Conclusion> conclusion = Optional.empty();

  private Instant ticked = Instant.EPOCH;

  private ServiceActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Inbox inbox,
      ServiceName name,
      ServicePorts ports) {
    super(
        PersistenceId.of(KEY.name(), name.value()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
    this.context = context;
    this.timers = timers;
    this.inbox = inbox;
    this.ports = ports;
    this.dealings = new Dealings(name, ports, context);
    this.judgements = new Judgements(name, ports.desk(), context);
  }

  public static Behavior<Command> create(ServiceName name, ServicePorts ports) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Inbox inbox = new Inbox();
                  return Behaviors.intercept(
                      () -> inbox, new ServiceActor(context, timers, inbox, name, ports));
                }));
  }

  @Override
  public ServiceState emptyState() {
    return new ServiceState.Blank();
  }

  @Override
  public EventHandler<ServiceState, Batch> eventHandler() {
    return (state, batch) ->
        conclusion
            .filter(one -> one.isOf(batch))
            .map(Conclusion::state)
            .orElseGet(() -> batch.after(state));
  }

  @Override
  public Set<String> tagsFor(Batch batch) {
    return Set.of(EventFeed.TAG);
  }

  @Override
  public EventAdapter<Batch, Object> eventAdapter() {
    return Batch.adapter();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return Retention.CRITERIA;
  }

  @Override
  public SnapshotAdapter<ServiceState> snapshotAdapter() {
    return Retention.snapshots(ServiceState.class);
  }

  @Override
  public SignalHandler<ServiceState> signalHandler() {
    return Retention.watched(newSignalHandlerBuilder())
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  @Override
  public CommandHandler<Command, Batch, ServiceState> commandHandler() {
    return (state, command) ->
        switch (command) {
          case News news -> learn(state, List.of(news));
          case Take() -> learn(state, inbox.take(context.getSelf()));
          case Restart restart -> restart(state, restart);
          case Read(var replyTo) ->
              Effect().none().thenReply(replyTo, now -> Details.of(now, dealings));
          case Told(var outcomes) ->
              judgements
                  .told(state, outcomes, ports.clock().instant())
                  .<Effect<Batch, ServiceState>>map(input -> advance(state, input))
                  .orElseGet(() -> Effect().none());
          case Tick() -> tick(state, ports.clock().instant());
          case Wake() -> advance(state, new ServiceInput.Ticked());
        };
  }

  private Effect<Batch, ServiceState> tick(ServiceState state, Instant now) {
    // Those that have waited while something was recorded come all at once.
    if (Duration.between(ticked, now).abs().compareTo(CROWDED) < 0) {
      return Effect().none();
    }
    ticked = now;
    dealings.tick(state);
    // With what is in the inbox: a call that got lost is made good.
    List<News> all = inbox.take(context.getSelf());
    judgements
        .ticked(state, now)
        .or(() -> dealings.due(state))
        .ifPresent(input -> all.add(new Observe(input)));
    return learn(state, all);
  }

  private Effect<Batch, ServiceState> learn(ServiceState state, List<News> news) {
    Turn turn = new Turn(state, dealings);
    Set<NodeId> connected = new HashSet<>();
    Optional<List<Candidate>> found = Optional.empty();
    for (News one : news) {
      switch (one) {
        case Observe(var input) -> turn.decide(input);
        case NodeConnected(var node) -> connected.add(node);
        case NodesFound(var all) -> found = Optional.of(all);
        case Watch(var dependent) -> dealings.watched(state, dependent);
        case DependencyStands(var dependency, var standing) -> {
          if (dealings.learned(dependency, standing)) {
            turn.decide(new ServiceInput.Ticked());
          }
        }
        case NotPlaced(var slot, var node, var why) -> dealings.notPlaced(slot, node, why);
      }
    }
    Optional<List<Candidate>> nodes = found;
    return (turn.isDecided() ? conclude(turn) : Effect().none())
        .thenRun(
            (ServiceState next) -> {
              dealings.confirm(next, connected);
              nodes.ifPresent(all -> dealings.nodesFound(next, all));
            });
  }

  private EffectBuilder<Batch, ServiceState> advance(ServiceState state, ServiceInput input) {
    Turn turn = new Turn(state, dealings);
    turn.decide(input);
    return conclude(turn);
  }

  private EffectBuilder<Batch, ServiceState> conclude(Turn turn) {
    List<ServiceEvent> events = turn.events();
    if (!events.isEmpty() && ports.gate().closed().isPresent()) {
      return Effect().none();
    }
    List<Batch> batches = Batch.of(events);
    conclusion =
        batches.size() == 1
            ? Optional.of(new Conclusion(batches.getFirst(), turn.state()))
            : Optional.empty();
    Instant begun = ports.clock().instant();
    return Effect()
        .persist(batches)
        .thenRun(
            (ServiceState next) -> {
              conclusion = Optional.empty();
              if (!events.isEmpty()) {
                ports.metrics().journalWritten(Duration.between(begun, ports.clock().instant()));
                dealings.recorded(next, events);
              }
              // Routes first: a drain is over only when balancers have seen that it began.
              settle(next);
              dealings.carryOut(turn);
            });
  }

  private Effect<Batch, ServiceState> restart(ServiceState state, Restart restart) {
    Optional<ChangeOutcome> refusal =
        RestartRefusal.of(state, restart, ports.gate().closed(), ports.clock().instant());
    if (refusal.isPresent()) {
      return Effect().none().thenReply(restart.replyTo(), _ -> refusal.get());
    }
    return advance(state, new ServiceInput.RestartRequested(restart.slot()))
        .thenReply(restart.replyTo(), _ -> new ChangeOutcome.Accepted());
  }

  /** After a failed write too, which has cancelled every timer. */
  private void recovered(ServiceState state) {
    timers.startTimerWithFixedDelay(new Tick(), TICK);
    settle(state);
    Deadlines.next(state).filter(this::isDue).ifPresent(_ -> context.getSelf().tell(new Wake()));
  }

  private boolean isDue(Instant moment) {
    return !moment.isAfter(ports.clock().instant());
  }

  /** What others should know of a state that has just come to be. */
  private void settle(ServiceState state) {
    judgements.listen(state, ports.clock().instant());
    dealings.publish(state, lastSequenceNumber(context));
    // What is due already waits for others, and is looked at with every tick.
    Deadlines.next(state)
        .filter(moment -> !isDue(moment))
        .ifPresentOrElse(
            moment -> timers.startSingleTimer(new Wake(), ports.until(moment)),
            () -> timers.cancel(new Wake()));
  }
}
