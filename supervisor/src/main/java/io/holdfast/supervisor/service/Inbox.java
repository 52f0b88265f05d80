package io.holdfast.supervisor.service;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Gathers what a service is told while it records something else, so that all of it is decided at
 * once, recorded at once and shown at once: a thousand instances cost a few writes, not thousands.
 *
 * <p>Nor may it wait in the actor's own stash, which is emptied by recursion: some hundred messages
 * that change nothing would overflow the stack there.
 */
final class Inbox extends BehaviorInterceptor<ServiceActor.Command, ServiceActor.Command> {

  /** Bounds what is written as one. */
  static final int MOST_AT_ONCE = 256;

  /** What is said beyond that is lost on the way, and made good when its node is asked again. */
  private static final int MOST_WAITING = 100_000;

  private final Queue<ServiceActor.News> waiting = new ArrayDeque<>();
  private boolean called;

  Inbox() {
    super(ServiceActor.Command.class);
  }

  @Override
  public Behavior<ServiceActor.Command> aroundReceive(
      TypedActorContext<ServiceActor.Command> context,
      ServiceActor.Command command,
      ReceiveTarget<ServiceActor.Command> target) {
    if (!(command instanceof ServiceActor.News news)) {
      return target.apply(context, command);
    }
    if (waiting.size() < MOST_WAITING) {
      waiting.add(news);
    }
    if (called) {
      return Behaviors.same();
    }
    called = true;
    return target.apply(context, new ServiceActor.Take());
  }

  /** What has come, in its order; {@code self} is called again for what is left. */
  List<ServiceActor.News> take(ActorRef<ServiceActor.Command> self) {
    List<ServiceActor.News> taken = new ArrayList<>();
    while (taken.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    called = !waiting.isEmpty();
    if (called) {
      self.tell(new ServiceActor.Take());
    }
    return taken;
  }
}
