package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.ServiceKey;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Offer;
import io.holdfast.core.routing.RouteTable;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.supervisor.cluster.Peers;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The routing view of one supervisor node.
 *
 * <p>It shows nothing until every service that the catalogue names has published its route, so that
 * a restart of the supervisor never empties a view that balancers hold. It waits for that at most
 * {@link #LONGEST_GATHERING} from when it knows the names, and is complete at once when it has
 * copied another hub that is.
 *
 * <p>What it hears first it passes on to the other hubs, and each asks every other for a copy when
 * they meet. A route that is lost between two is asked for when its service publishes again, which
 * it does every few seconds.
 */
public final class RoutingHub extends AbstractOnMessageBehavior<RoutingHub.Command> {

  static final Duration LONGEST_GATHERING = Duration.ofSeconds(30);
  private static final int MOST_WAITING = 10_000;

  /** What the hub is told. */
  public sealed interface Command {}

  /** What hubs tell each other as well, within {@link Relayed}. */
  public sealed interface News extends Command {}

  /** The catalogue names these services; until all have published, the hub is not complete. */
  public record Expect(Set<ServiceName> services) implements News {
    public Expect {
      services = Set.copyOf(services);
    }
  }

  /** What a service offers, as of place {@code sequence} in its record. */
  public record Publish(Offer offer, long sequence) implements News {}

  public record Withdraw(ServiceName service, long sequence) implements News {}

  /** An instance is dead; straight from the agent that saw it, before anything is recorded. */
  public record Died(InstanceId instance, Instant diedAt) implements News {}

  /** These nodes, and no others, are doubted, as this node's directory of nodes knows them. */
  public record Doubt(Set<NodeId> nodes) implements Command {
    public Doubt {
      nodes = Set.copyOf(nodes);
    }
  }

  /** What another hub has heard. */
  record Relayed(News news) implements Command {}

  /** Another hub has this of a service, should anybody have less. */
  record Stands(ServiceName service, long sequence, ActorRef<Command> hub) implements Command {}

  /** Another hub wants to know a service's route. */
  record Want(ServiceName service, ActorRef<Command> replyTo) implements Command {}

  /** Another hub wants to know all that this one knows. */
  record Copy(ActorRef<Command> replyTo) implements Command {}

  /**
   * The end of a copy.
   *
   * @param complete whether nothing was missing there
   */
  record Copied(Set<InstanceId> dead, boolean complete) implements Command {
    Copied {
      dead = Set.copyOf(dead);
    }
  }

  /** Of the balancers that follow {@code hub} none uses the instance. */
  record Drained(InstanceId instance, ActorRef<Command> hub) implements Command {}

  private record Hubs(Set<ActorRef<Command>> all) implements Command {}

  /**
   * A balancer follows the view; it is told every view from now on, and none of a version below the
   * one that it holds, which may be from another hub.
   */
  public record Follow(ActorRef<RoutingView> follower, long held) implements Command {}

  /** A balancer picks by this version, with this many requests on draining endpoints. */
  public record Acknowledge(
      ActorRef<RoutingView> follower, long version, Map<InstanceId, Integer> inFlight)
      implements Command {
    public Acknowledge {
      inFlight = Map.copyOf(inFlight);
    }
  }

  /** Answer once no balancer of any hub uses the instance. */
  public record AwaitDrained(InstanceId instance, ActorRef<InstanceId> replyTo)
      implements Command {}

  /** Answer once no balancer of this hub uses the instance. */
  record AwaitDrainedHere(InstanceId instance, ActorRef<Command> replyTo) implements Command {}

  /** Answer with the view once it is complete and not the one that was {@code seen}. */
  public record AwaitView(
      String incarnation, long version, Duration atMost, ActorRef<RoutingView> replyTo)
      implements Command {}

  private record Unfollow(ActorRef<RoutingView> follower) implements Command {}

  private record GatheringEnded() implements Command {}

  private record WaitEnded(Object waiter) implements Command {}

  private static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "routing-hub");

  private final TimerScheduler<Command> timers;
  private final SupervisorMetrics metrics;
  private final Consumer<RoutingView> published;
  private final Set<ServiceName> missing = new HashSet<>();
  private final Followers followers = new Followers();
  private final Waiters waiters = new Waiters(MOST_WAITING);
  private final Drains drains = new Drains();
  private final Peers<Command> peers;
  private RouteTable table;
  private boolean told;
  private boolean complete;

  private RoutingHub(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String incarnation,
      SupervisorMetrics metrics,
      Consumer<RoutingView> published) {
    super(context);
    this.timers = timers;
    this.metrics = metrics;
    this.published = published;
    this.table = RouteTable.empty(incarnation);
    this.peers = Peers.of(KEY, context, Hubs::new);
  }

  /**
   * Creates the hub.
   *
   * @param incarnation differs from that of every hub before it
   * @param published is given each complete view, for readers outside of actors
   */
  public static Behavior<Command> create(
      String incarnation, SupervisorMetrics metrics, Consumer<RoutingView> published) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new RoutingHub(context, timers, incarnation, metrics, published)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case News news -> {
        relay(news);
        heard(news);
      }
      case Relayed(var news) -> heard(news);
      case Doubt(var nodes) -> become(table.doubting(nodes));
      case Stands stands -> stands(stands);
      case Want(var service, var replyTo) ->
          route(service).ifPresent(news -> replyTo.tell(new Relayed(news)));
      case Copy(var replyTo) -> copy(replyTo);
      case Copied copied -> copied(copied);
      case Hubs(var all) -> meet(all);
      case Follow follow -> follow(follow.follower(), follow.held());
      case Unfollow(var follower) -> {
        followers.remove(follower);
        settle();
      }
      case Acknowledge ack -> {
        followers.acknowledge(ack);
        settle();
      }
      case AwaitDrained wait -> awaitDrained(wait);
      case AwaitDrainedHere wait -> {
        waiters.add(wait, table.view().version());
        settle();
      }
      case Drained(var instance, var hub) -> drains.drained(instance, hub);
      case AwaitView wait -> await(wait);
      case GatheringEnded() -> completed();
      case WaitEnded(var waiter) -> waiters.give(waiter, table.view());
    }
    return this;
  }

  private void heard(News news) {
    switch (news) {
      case Expect(var services) -> expect(services);
      case Publish(var offer, var sequence) -> {
        missing.remove(offer.service());
        become(table.published(offer, sequence));
      }
      case Withdraw(var service, var sequence) -> {
        missing.remove(service);
        become(table.withdrawn(service, sequence));
      }
      case Died(var instance, var diedAt) -> died(instance, diedAt);
    }
  }

  /** Whole when it is news here; of what a service only says again, how far it goes. */
  private void relay(News news) {
    if (news instanceof Publish(var offer, var sequence)
        && sequence <= table.sequence(offer.service())) {
      peers.tell(new Stands(offer.service(), sequence, getContext().getSelf()));
    } else {
      peers.tell(new Relayed(news));
    }
  }

  private void stands(Stands stands) {
    if (table.sequence(stands.service()) < stands.sequence()) {
      stands.hub().tell(new Want(stands.service(), getContext().getSelf()));
    }
  }

  private Optional<News> route(ServiceName service) {
    long sequence = table.sequence(service);
    return sequence == 0
        ? Optional.empty()
        : Optional.of(
            table
                .offer(service)
                .<News>map(offer -> new Publish(offer, sequence))
                .orElseGet(() -> new Withdraw(service, sequence)));
  }

  private void meet(Set<ActorRef<Command>> all) {
    peers.are(all).forEach(hub -> hub.tell(new Copy(getContext().getSelf())));
    Set<ActorRef<Command>> present = new HashSet<>(peers.others());
    present.add(getContext().getSelf());
    drains.keepOnly(present);
  }

  private void copy(ActorRef<Command> replyTo) {
    table.heard().stream()
        .flatMap(service -> route(service).stream())
        .forEach(news -> replyTo.tell(new Relayed(news)));
    replyTo.tell(new Copied(table.allDead(), complete));
  }

  private void copied(Copied copied) {
    RouteTable next = table;
    for (InstanceId instance : copied.dead()) {
      next = next.died(instance);
    }
    become(next);
    if (copied.complete()) {
      completed();
    }
  }

  private void awaitDrained(AwaitDrained wait) {
    Set<ActorRef<Command>> hubs = new HashSet<>(peers.others());
    hubs.add(getContext().getSelf());
    drains.begin(wait.instance(), wait.replyTo(), hubs);
    hubs.forEach(hub -> hub.tell(new AwaitDrainedHere(wait.instance(), getContext().getSelf())));
  }

  private void expect(Set<ServiceName> services) {
    if (told) {
      return;
    }
    told = true;
    timers.startSingleTimer(new GatheringEnded(), LONGEST_GATHERING);
    missing.addAll(services);
    missing.removeAll(table.heard());
    become(table);
  }

  private void died(InstanceId instance, Instant diedAt) {
    metrics.detected(diedAt);
    RouteTable next = table.died(instance);
    boolean shown = next.view().version() > table.view().version();
    become(next);
    if (shown) {
      waiters.addIsolation(next.view().version(), diedAt);
      settle();
    }
  }

  private void become(RouteTable next) {
    boolean changed = next.view().version() > table.view().version();
    table = next;
    if (!complete && told && missing.isEmpty()) {
      completed();
    } else if (complete && changed) {
      show();
    }
  }

  private void completed() {
    if (!complete) {
      complete = true;
      timers.cancel(new GatheringEnded());
      show();
    }
  }

  private void show() {
    published.accept(table.view());
    metrics.viewVersion(table.view().version());
    followers.tell(table.view());
    waiters.giveChanged(table.view());
    settle();
  }

  private void follow(ActorRef<RoutingView> follower, long held) {
    getContext().watchWith(follower, new Unfollow(follower));
    become(table.above(held));
    followers.add(follower);
    if (complete) {
      follower.tell(table.view());
    }
  }

  private void await(AwaitView wait) {
    boolean same =
        wait.incarnation().equals(table.view().incarnation())
            && wait.version() == table.view().version();
    if (complete && !same) {
      wait.replyTo().tell(table.view());
    } else if (waiters.add(wait)) {
      timers.startSingleTimer(wait, new WaitEnded(wait), wait.atMost());
    } else {
      wait.replyTo().tell(table.view());
    }
  }

  /** Answers those who wait for all balancers to have caught up. */
  private void settle() {
    waiters.drained(followers, getContext().getSelf());
    waiters.isolated(followers, metrics);
  }
}
