package io.holdfast.supervisor.journal;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets one command at a time through to an actor that records events: the next when the one before
 * is dealt with, whatever was to be recorded for it.
 *
 * <p>What came meanwhile would wait in the actor's own stash, which is emptied by recursion: some
 * hundred commands that record nothing would overflow the stack there.
 */
public final class Turnstile<C> extends BehaviorInterceptor<C, C> {

  /** Far beyond it everybody who asked has long given up waiting. */
  private static final int MOST_WAITING = 100_000;

  private final Queue<C> waiting = new ArrayDeque<>();
  private final C next;
  private boolean busy;

  /**
   * A turnstile in front of one actor.
   *
   * @param next which the actor tells itself through this, and never sees
   */
  public Turnstile(Class<C> commands, C next) {
    super(commands);
    this.next = next;
  }

  @Override
  public Behavior<C> aroundReceive(
      TypedActorContext<C> context, C command, ReceiveTarget<C> target) {
    if (command.equals(next)) {
      busy = !waiting.isEmpty();
      return busy ? target.apply(context, waiting.remove()) : Behaviors.same();
    }
    if (!busy) {
      busy = true;
      return target.apply(context, command);
    }
    if (waiting.size() < MOST_WAITING) {
      waiting.add(command);
    }
    return Behaviors.same();
  }

  /** The actor has dealt with a command, or has come up again and does not know of it any more. */
  public void done(ActorRef<C> self) {
    if (waiting.isEmpty()) {
      busy = false;
    } else {
      self.tell(next);
    }
  }
}
