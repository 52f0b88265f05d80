package io.holdfast.supervisor.catalog;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
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
import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.catalog.CatalogEvent;
import io.holdfast.core.catalog.ChangeSet;
import io.holdfast.core.catalog.Return;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import io.holdfast.supervisor.api.ApplyOutcome;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.journal.JournalGate;
import io.holdfast.supervisor.journal.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The catalogue of all services: one for the whole cluster.
 *
 * <p>What it holds is told to the actors concerned at once and again and again, which is how they
 * come back after a crash without anyone remembering that they were there.
 */
public final class CatalogActor
    extends EventSourcedBehavior<CatalogActor.Command, CatalogEvent, Catalog> {

  private static final Duration ENSURE_INTERVAL = Duration.ofSeconds(5);

  public sealed interface Command {}

  /**
   * What someone waits for. One that is reached only after {@code until}, as when the journal was
   * away, is not begun any more: whoever asked has been told so.
   */
  public sealed interface Change extends Command {
    Instant until();
  }

  /** All of {@code specs} or none; with {@code dryRun} none, but the same answer. */
  public record Apply(
      List<? extends Spec> specs,
      OptionalLong ifMatch,
      boolean dryRun,
      Instant until,
      ActorRef<ApplyOutcome> replyTo)
      implements Change {
    public Apply {
      specs = List.copyOf(specs);
    }
  }

  public record Delete(ServiceName service, Instant until, ActorRef<ChangeOutcome> replyTo)
      implements Change {}

  /** The children go on without it. */
  public record DeleteGroup(GroupName group, Instant until, ActorRef<ChangeOutcome> replyTo)
      implements Change {}

  public record Scale(
      ServiceName service, int instances, Instant until, ActorRef<ChangeOutcome> replyTo)
      implements Change {}

  /** Back to what the service ran before: to that version, or to the one before. */
  public record Rollback(
      ServiceName service, OptionalLong to, Instant until, ActorRef<ChangeOutcome> replyTo)
      implements Change {}

  /** A version has failed in its rollout; said again until there is another one. */
  public record Revert(ServiceSpec worked, long failed, String why) implements Command {}

  /** A node has connected, perhaps for the first time. */
  public record Register(NodeId node) implements Command {}

  public record Read(ActorRef<Catalog> replyTo) implements Command {}

  private record EnsureAll() implements Command {}

  private final Announcer announcer;
  private final JournalGate gate;
  private final InstantSource clock;
  private final TimerScheduler<Command> timers;

  private CatalogActor(
      Announcer announcer, JournalGate gate, InstantSource clock, TimerScheduler<Command> timers) {
    super(
        PersistenceId.of("catalog", "all"),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2));
    this.announcer = announcer;
    this.gate = gate;
    this.clock = clock;
    this.timers = timers;
  }

  public static Behavior<Command> create(
      Announcer announcer, JournalGate gate, InstantSource clock) {
    return Behaviors.withTimers(timers -> new CatalogActor(announcer, gate, clock, timers));
  }

  @Override
  public Catalog emptyState() {
    return Catalog.EMPTY;
  }

  @Override
  public EventHandler<Catalog, CatalogEvent> eventHandler() {
    return Catalog::after;
  }

  @Override
  public Set<String> tagsFor(CatalogEvent event) {
    return Set.of(EventFeed.TAG);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return Retention.CRITERIA;
  }

  @Override
  public SnapshotAdapter<Catalog> snapshotAdapter() {
    return Retention.snapshots(Catalog.class);
  }

  @Override
  public SignalHandler<Catalog> signalHandler() {
    return Retention.watched(newSignalHandlerBuilder())
        .onSignal(
            RecoveryCompleted.instance(),
            catalog -> {
              // Here, because a restart after a failed write has cancelled it.
              timers.startTimerWithFixedDelay(new EnsureAll(), ENSURE_INTERVAL);
              announcer.expect(catalog);
              announcer.ensureAll(catalog);
            })
        .build();
  }

  @Override
  public CommandHandler<Command, CatalogEvent, Catalog> commandHandler() {
    return (catalog, command) ->
        switch (command) {
          case Change change when clock.instant().isAfter(change.until()) -> Effect().none();
          case Apply apply -> apply(catalog, apply);
          case Delete delete -> delete(catalog, delete);
          case DeleteGroup delete -> delete(catalog, delete);
          case Scale scale -> scale(catalog, scale);
          case Rollback rollback -> rollback(catalog, rollback);
          case Revert revert -> revert(catalog, revert);
          case Register register -> register(catalog, register.node());
          case Read read -> Effect().none().thenReply(read.replyTo(), current -> current);
          case EnsureAll() -> {
            announcer.ensureAll(catalog);
            yield Effect().none();
          }
        };
  }

  private Effect<CatalogEvent, Catalog> apply(Catalog catalog, Apply apply) {
    OptionalLong stale = Outcomes.stale(catalog, apply);
    if (stale.isPresent()) {
      return Effect()
          .none()
          .thenReply(apply.replyTo(), _ -> new ApplyOutcome.Stale(stale.getAsLong()));
    }
    return switch (ChangeSet.weigh(catalog, apply.specs())) {
      case ChangeSet.Unsound unsound ->
          Effect().none().thenReply(apply.replyTo(), _ -> Outcomes.refused(unsound));
      case ChangeSet.Sound sound -> take(sound, apply);
    };
  }

  private Effect<CatalogEvent, Catalog> take(ChangeSet.Sound sound, Apply apply) {
    List<Catalog.Entry> entries = sound.entries();
    List<Catalog.GroupEntry> groups = sound.groups();
    if (apply.dryRun() || (entries.isEmpty() && groups.isEmpty())) {
      return Effect().none().thenReply(apply.replyTo(), _ -> Outcomes.applied(sound));
    }
    return Effect()
        .persist(new CatalogEvent.ChangesApplied(entries, groups, clock.instant()))
        .thenRun((Catalog next) -> announce(next, entries, groups))
        .thenReply(apply.replyTo(), _ -> Outcomes.applied(sound));
  }

  /** A group that changes concerns all who were or are its children. */
  private void announce(
      Catalog catalog, List<Catalog.Entry> entries, List<Catalog.GroupEntry> groups) {
    if (groups.isEmpty()) {
      entries.forEach(entry -> announcer.ensure(catalog, entry));
    } else {
      announcer.ensureAll(catalog);
    }
  }

  private Effect<CatalogEvent, Catalog> delete(Catalog catalog, DeleteGroup delete) {
    GroupName name = delete.group();
    Optional<GroupName> parent = catalog.parentOf(name.value());
    if (catalog.find(name).isEmpty()) {
      return Effect().none().thenReply(delete.replyTo(), _ -> Outcomes.unknown(name));
    }
    if (parent.isPresent()) {
      return Effect()
          .none()
          .thenReply(delete.replyTo(), _ -> Outcomes.isChild(name.value(), parent.get()));
    }
    long version = catalog.nextVersion(name);
    return Effect()
        .persist(new CatalogEvent.GroupRemoved(name, version, clock.instant()))
        .thenRun(announcer::ensureAll)
        .thenReply(delete.replyTo(), _ -> new ChangeOutcome.Accepted());
  }

  private Effect<CatalogEvent, Catalog> delete(Catalog catalog, Delete delete) {
    ServiceName name = delete.service();
    List<ServiceName> dependents = Outcomes.dependents(catalog, name);
    if (catalog.find(name).isEmpty()) {
      return Effect().none().thenReply(delete.replyTo(), _ -> Outcomes.unknown(name));
    }
    if (!dependents.isEmpty()) {
      return Effect().none().thenReply(delete.replyTo(), _ -> Outcomes.needed(name, dependents));
    }
    Optional<GroupName> parent = catalog.parentOf(name.value());
    if (parent.isPresent()) {
      return Effect()
          .none()
          .thenReply(delete.replyTo(), _ -> Outcomes.isChild(name.value(), parent.get()));
    }
    long version = catalog.nextVersion(name);
    return Effect()
        .persist(new CatalogEvent.ServiceRemoved(name, version, clock.instant()))
        .thenRun(_ -> announcer.remove(name, version))
        .thenReply(delete.replyTo(), _ -> new ChangeOutcome.Accepted());
  }

  private Effect<CatalogEvent, Catalog> scale(Catalog catalog, Scale scale) {
    if (catalog.find(scale.service()).isEmpty()) {
      return Effect().none().thenReply(scale.replyTo(), _ -> Outcomes.unknown(scale.service()));
    }
    if (scale.instances() < 0 || scale.instances() > ServiceSpec.MOST_INSTANCES) {
      return Effect().none().thenReply(scale.replyTo(), _ -> Outcomes.outOfRange());
    }
    Catalog.Entry before = catalog.find(scale.service()).orElseThrow();
    ServiceSpec spec = before.spec().withInstances(scale.instances());
    if (spec.equals(before.spec())) {
      return Effect().none().thenReply(scale.replyTo(), _ -> new ChangeOutcome.Accepted());
    }
    Catalog.Entry entry = new Catalog.Entry(before.version() + 1, spec);
    return Effect()
        .persist(new CatalogEvent.ChangesApplied(List.of(entry), List.of(), clock.instant()))
        .thenRun((Catalog next) -> announcer.ensure(next, entry))
        .thenReply(scale.replyTo(), _ -> new ChangeOutcome.Accepted());
  }

  private Effect<CatalogEvent, Catalog> rollback(Catalog catalog, Rollback rollback) {
    return switch (Return.of(catalog, rollback.service(), rollback.to())) {
      case Return.To(var entry) ->
          goBack(catalog, entry, "an operator asked for it")
              .thenReply(rollback.replyTo(), _ -> new ChangeOutcome.Accepted());
      case Return.Nowhere(var why) ->
          Effect().none().thenReply(rollback.replyTo(), _ -> new ChangeOutcome.Conflict(why));
      case Return.Unknown() ->
          Effect().none().thenReply(rollback.replyTo(), _ -> Outcomes.unknown(rollback.service()));
    };
  }

  /** Nobody waits for it: while the journal is away it is asked for again. */
  private Effect<CatalogEvent, Catalog> revert(Catalog catalog, Revert revert) {
    if (gate.closed().isPresent()) {
      return Effect().none();
    }
    return switch (Return.of(catalog, revert.worked(), revert.failed())) {
      case Return.To(var entry) -> goBack(catalog, entry, revert.why());
      case Return.Nowhere(var why) ->
          Effect()
              .none()
              .thenRun(_ -> announcer.refuse(revert.worked().name(), revert.failed(), why));
      // It has another version by now, or is gone, and is told so again and again.
      case Return.Unknown() -> Effect().none();
    };
  }

  private EffectBuilder<CatalogEvent, Catalog> goBack(
      Catalog catalog, Catalog.Entry entry, String why) {
    long from = catalog.find(entry.spec().name()).map(Catalog.Entry::version).orElse(0L);
    return Effect()
        .persist(new CatalogEvent.WentBack(entry, from, why, clock.instant()))
        .thenRun((Catalog next) -> announcer.ensure(next, entry));
  }

  private Effect<CatalogEvent, Catalog> register(Catalog catalog, NodeId node) {
    return catalog.nodes().contains(node) || gate.closed().isPresent()
        ? Effect().none()
        : Effect().persist(new CatalogEvent.NodeRegistered(node, clock.instant()));
  }
}
