package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import io.holdfast.core.InstanceId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Services that wait until no balancer of any hub uses an instance, and the hubs that have not said
 * so yet. One that is never answered is forgotten once there are too many: no service waits long.
 */
final class Drains {

  private static final int MOST = 10_000;

  private record Drain(ActorRef<InstanceId> replyTo, Set<ActorRef<RoutingHub.Command>> hubs) {}

  private final Map<InstanceId, Drain> drains = new LinkedHashMap<>();

  /** The wait begins anew where the service already waits. */
  void begin(
      InstanceId instance,
      ActorRef<InstanceId> replyTo,
      Collection<ActorRef<RoutingHub.Command>> hubs) {
    drains.remove(instance);
    if (drains.size() >= MOST) {
      drains.remove(drains.keySet().iterator().next());
    }
    drains.put(instance, new Drain(replyTo, new HashSet<>(hubs)));
  }

  void drained(InstanceId instance, ActorRef<RoutingHub.Command> hub) {
    Drain drain = drains.get(instance);
    if (drain != null) {
      drain.hubs().remove(hub);
      settle();
    }
  }

  /** A hub that is gone has no balancers. */
  void keepOnly(Collection<ActorRef<RoutingHub.Command>> hubs) {
    drains.values().forEach(drain -> drain.hubs().retainAll(hubs));
    settle();
  }

  private void settle() {
    drains
        .entrySet()
        .removeIf(
            entry -> {
              boolean done = entry.getValue().hubs().isEmpty();
              if (done) {
                entry.getValue().replyTo().tell(entry.getKey());
              }
              return done;
            });
  }
}
