package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import io.holdfast.core.InstanceId;
import io.holdfast.core.routing.RoutingView;
import java.util.HashMap;
import java.util.Map;

/** The balancers that follow a hub, and how far each has come. */
final class Followers {

  private record Progress(long version, Map<InstanceId, Integer> inFlight) {}

  private final Map<ActorRef<RoutingView>, Progress> progress = new HashMap<>();

  void add(ActorRef<RoutingView> follower) {
    progress.put(follower, new Progress(0, Map.of()));
  }

  void remove(ActorRef<RoutingView> follower) {
    progress.remove(follower);
  }

  void acknowledge(RoutingHub.Acknowledge ack) {
    progress.computeIfPresent(
        ack.follower(),
        (_, before) -> new Progress(Math.max(before.version(), ack.version()), ack.inFlight()));
  }

  void tell(RoutingView view) {
    progress.keySet().forEach(follower -> follower.tell(view));
  }

  /** True once every follower picks by {@code version} or a later one. */
  boolean haveReached(long version) {
    return progress.values().stream().allMatch(each -> each.version() >= version);
  }

  /** True once no follower has a request left on {@code instance}. */
  boolean haveFinished(InstanceId instance) {
    return progress.values().stream()
        .allMatch(each -> each.inFlight().getOrDefault(instance, 0) == 0);
  }
}
