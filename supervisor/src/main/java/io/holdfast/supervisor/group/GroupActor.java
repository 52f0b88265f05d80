package io.holdfast.supervisor.group;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.holdfast.core.Decision;
import io.holdfast.core.GroupName;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.ChildReport;
import io.holdfast.core.supervision.Group;
import io.holdfast.core.supervision.GroupEffect;
import io.holdfast.core.supervision.GroupEvent;
import io.holdfast.core.supervision.GroupInput;
import io.holdfast.core.supervision.GroupState;
import io.holdfast.supervisor.api.GroupDetail;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.journal.Retention;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One group: the shell around {@link Group}. It records what was decided, then does it. */
public final class GroupActor
    extends EventSourcedBehavior<GroupActor.Command, GroupEvent, GroupState> {

  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "group");

  /** What got lost on the way is said again at the next of these. */
  private static final Duration TICK = Duration.ofSeconds(1);

  public sealed interface Command {}

  /** Something the group is told. */
  public record Observe(GroupInput input) implements Command {}

  /** Everything about the group; empty when it is not wanted. */
  public record Read(ActorRef<Optional<GroupDetail>> replyTo) implements Command {}

  private record Tick() implements Command {}

  private final GroupName name;
  private final GroupPorts ports;
  private final TimerScheduler<Command> timers;

  /** How each child stood when it last said so; it says so every second. */
  private final Map<Child, ChildReport> reports = new HashMap<>();

  private Optional<ChildReport> reported = Optional.empty();

  private GroupActor(GroupName name, GroupPorts ports, TimerScheduler<Command> timers) {
    super(
        PersistenceId.of(KEY.name(), name.value()),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
    this.name = name;
    this.ports = ports;
    this.timers = timers;
  }

  public static Behavior<Command> create(GroupName name, GroupPorts ports) {
    return Behaviors.withTimers(timers -> new GroupActor(name, ports, timers));
  }

  @Override
  public GroupState emptyState() {
    return new GroupState.Blank();
  }

  @Override
  public EventHandler<GroupState, GroupEvent> eventHandler() {
    return GroupState::after;
  }

  @Override
  public Set<String> tagsFor(GroupEvent event) {
    return Set.of(EventFeed.TAG);
  }

  /** After a failed write too, which has cancelled the timer. */
  @Override
  public RetentionCriteria retentionCriteria() {
    return Retention.CRITERIA;
  }

  @Override
  public SnapshotAdapter<GroupState> snapshotAdapter() {
    return Retention.snapshots(GroupState.class);
  }

  @Override
  public SignalHandler<GroupState> signalHandler() {
    return Retention.watched(newSignalHandlerBuilder())
        .onSignal(
            RecoveryCompleted.instance(), _ -> timers.startTimerWithFixedDelay(new Tick(), TICK))
        .build();
  }

  @Override
  public CommandHandler<Command, GroupEvent, GroupState> commandHandler() {
    return (state, command) ->
        switch (command) {
          case Observe(var input) -> advance(state, input);
          case Read(var replyTo) ->
              Effect().none().thenReply(replyTo, now -> GroupDetails.of(now, Map.copyOf(reports)));
          case Tick() -> advance(state, new GroupInput.Ticked());
        };
  }

  private Effect<GroupEvent, GroupState> advance(GroupState state, GroupInput input) {
    note(state, input);
    Decision<GroupState, GroupEffect> decision =
        Group.decide(state, input, Map.copyOf(reports), ports.clock().instant());
    List<GroupEvent> events =
        decision.effects().stream()
            .flatMap(
                effect ->
                    effect instanceof GroupEffect.Persist(var event)
                        ? Stream.of(event)
                        : Stream.empty())
            .toList();
    if (!events.isEmpty() && ports.gate().closed().isPresent()) {
      return Effect().none();
    }
    return Effect()
        .persist(events)
        .thenRun(
            (GroupState next) -> {
              decision.effects().forEach(this::carryOut);
              tellParent(next, input instanceof GroupInput.Ticked);
            });
  }

  private void note(GroupState state, GroupInput input) {
    if (input instanceof GroupInput.Reported(var child, var report)
        && state instanceof GroupState.Active active
        && active.children().contains(child)) {
      reports.put(child, report);
      reports.keySet().retainAll(active.children());
    }
  }

  /** When it is news, and again at each tick in case that got lost. */
  private void tellParent(GroupState state, boolean again) {
    if (state instanceof GroupState.Active active && active.membership().parent().isPresent()) {
      ChildReport report = ChildReport.of(active, reports);
      if (again || !Optional.of(report).equals(reported)) {
        reported = Optional.of(report);
        ports.tell(
            active.membership().parent().get(),
            new GroupInput.Reported(new Child.OfGroup(name), report));
      }
    }
  }

  private void carryOut(GroupEffect effect) {
    switch (effect) {
      case GroupEffect.Persist _ -> {}
      case GroupEffect.Halt(var child, var order, var why) -> ports.halt(name, child, order, why);
      case GroupEffect.Begin(var child, var order) -> ports.begin(name, child, order);
      case GroupEffect.Hold(var child, var escalation, var clause) ->
          ports.hold(name, child, escalation, clause);
    }
  }
}
