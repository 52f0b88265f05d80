package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Offer;
import io.holdfast.core.routing.RouteTable;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The routing view of one supervisor node.
 *
 * <p>It shows nothing until every service that the catalogue names has published its route, so that
 * a restart of the supervisor never empties a view that balancers hold. It waits for that at most
 * {@link #LONGEST_GATHERING}.
 */
public final class RoutingHub extends AbstractOnMessageBehavior<RoutingHub.Command> {

  static final Duration LONGEST_GATHERING = Duration.ofSeconds(10);
  private static final int MOST_WAITING = 10_000;

  /** What the hub is told. */
  public sealed interface Command {}

  /** The catalogue names these services; until all have published, the hub is not complete. */
  public record Expect(Set<ServiceName> services) implements Command {
    public Expect {
      services = Set.copyOf(services);
    }
  }

  /** What a service offers, as of place {@code sequence} in its record. */
  public record Publish(Offer offer, long sequence) implements Command {}

  public record Withdraw(ServiceName service, long sequence) implements Command {}

  /** An instance is dead; straight from the agent that saw it, before anything is recorded. */
  public record Died(InstanceId instance, Instant diedAt) implements Command {}

  /** A balancer follows the view; it is told every view from now on. */
  public record Follow(ActorRef<RoutingView> follower) implements Command {}

  /** A balancer picks by this version, with this many requests on draining endpoints. */
  public record Acknowledge(
      ActorRef<RoutingView> follower, long version, Map<InstanceId, Integer> inFlight)
      implements Command {
    public Acknowledge {
      inFlight = Map.copyOf(inFlight);
    }
  }

  /** Answer once no balancer uses the instance. */
  public record AwaitDrained(InstanceId instance, ActorRef<InstanceId> replyTo)
      implements Command {}

  /** Answer with the view once it is complete and not the one that was {@code seen}. */
  public record AwaitView(
      String incarnation, long version, Duration atMost, ActorRef<RoutingView> replyTo)
      implements Command {}

  private record Unfollow(ActorRef<RoutingView> follower) implements Command {}

  private record GatheringEnded() implements Command {}

  private record WaitEnded(Object waiter) implements Command {}

  private final TimerScheduler<Command> timers;
  private final SupervisorMetrics metrics;
  private final Consumer<RoutingView> published;
  private final Set<ServiceName> missing = new HashSet<>();
  private final Followers followers = new Followers();
  private final Waiters waiters = new Waiters(MOST_WAITING);
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
    timers.startSingleTimer(new GatheringEnded(), LONGEST_GATHERING);
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
      case Follow(var follower) -> follow(follower);
      case Unfollow(var follower) -> {
        followers.remove(follower);
        settle();
      }
      case Acknowledge ack -> {
        followers.acknowledge(ack);
        settle();
      }
      case AwaitDrained wait -> waiters.add(wait, table.view().version());
      case AwaitView wait -> await(wait);
      case GatheringEnded() -> completed();
      case WaitEnded(var waiter) -> waiters.give(waiter, table.view());
    }
    if (command instanceof AwaitDrained) {
      settle();
    }
    return this;
  }

  private void expect(Set<ServiceName> services) {
    if (told) {
      return;
    }
    told = true;
    missing.addAll(services);
    missing.removeAll(table.sequences().keySet());
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

  private void follow(ActorRef<RoutingView> follower) {
    getContext().watchWith(follower, new Unfollow(follower));
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
    waiters.drained(followers);
    waiters.isolated(followers, metrics);
  }
}
