package io.holdfast.supervisor.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * The actors of one kind on the other supervisor nodes. What this one's node knows first they are
 * told; it may get lost, so whoever tells has to tell again.
 */
public final class Peers<C> {

  private final ActorRef<C> self;
  private Set<ActorRef<C>> others = Set.of();

  private Peers(ActorRef<C> self) {
    this.self = self;
  }

  /**
   * Makes {@code context}'s actor known under {@code key}.
   *
   * @param changed what it is told when the others are no longer the same; it has to {@link #are}
   */
  public static <C> Peers<C> of(
      ServiceKey<C> key, ActorContext<C> context, Function<Set<ActorRef<C>>, C> changed) {
    ActorRef<Receptionist.Listing> listings =
        context.messageAdapter(
            Receptionist.Listing.class,
            listing -> changed.apply(Set.copyOf(listing.getServiceInstances(key))));
    context.getSystem().receptionist().tell(Receptionist.register(key, context.getSelf()));
    context.getSystem().receptionist().tell(Receptionist.subscribe(key, listings));
    return new Peers<>(context.getSelf());
  }

  /** Takes note of who is there now; gives those that were not before. */
  public Set<ActorRef<C>> are(Set<ActorRef<C>> everyone) {
    Set<ActorRef<C>> now = new HashSet<>(everyone);
    now.remove(self);
    Set<ActorRef<C>> come = new HashSet<>(now);
    come.removeAll(others);
    others = Set.copyOf(now);
    return Set.copyOf(come);
  }

  public Set<ActorRef<C>> others() {
    return others;
  }

  public void tell(C message) {
    others.forEach(other -> other.tell(message));
  }
}
