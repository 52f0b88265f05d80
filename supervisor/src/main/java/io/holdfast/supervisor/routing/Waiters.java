package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Those who wait for a hub's view to change, or for balancers to catch up with it. */
final class Waiters {

  private record Isolation(long version, Instant diedAt) {}

  private final int most;
  private final Set<RoutingHub.AwaitView> views = new HashSet<>();
  private final Map<RoutingHub.AwaitDrainedHere, Long> drains = new HashMap<>();
  private final List<Isolation> isolations = new ArrayList<>();

  Waiters(int most) {
    this.most = most;
  }

  boolean add(RoutingHub.AwaitView waiter) {
    return views.size() < most && views.add(waiter);
  }

  void add(RoutingHub.AwaitDrainedHere waiter, long version) {
    if (drains.size() < most) {
      drains.putIfAbsent(waiter, version);
    }
  }

  void addIsolation(long version, Instant diedAt) {
    if (isolations.size() < most) {
      isolations.add(new Isolation(version, diedAt));
    }
  }

  /** The wait is over, changed or not. */
  void give(Object waiter, RoutingView view) {
    if (waiter instanceof RoutingHub.AwaitView await && views.remove(await)) {
      await.replyTo().tell(view);
    }
  }

  void giveChanged(RoutingView view) {
    views.forEach(waiter -> waiter.replyTo().tell(view));
    views.clear();
  }

  void drained(Followers followers, ActorRef<RoutingHub.Command> hub) {
    drains
        .entrySet()
        .removeIf(
            waiting -> {
              RoutingHub.AwaitDrainedHere waiter = waiting.getKey();
              boolean done =
                  followers.haveReached(waiting.getValue())
                      && followers.haveFinished(waiter.instance());
              if (done) {
                waiter.replyTo().tell(new RoutingHub.Drained(waiter.instance(), hub));
              }
              return done;
            });
  }

  void isolated(Followers followers, SupervisorMetrics metrics) {
    isolations.removeIf(
        isolation -> {
          boolean done = followers.haveReached(isolation.version());
          if (done) {
            metrics.isolated(isolation.diedAt());
          }
          return done;
        });
  }
}
