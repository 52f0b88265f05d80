package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who may take a whole view just now. All that a stream has not sent yet is held in memory, so a
 * few get it at a time, and the others once it is their turn.
 */
final class Turns {

  private static final int MOST = 8;

  private final Set<ActorRef<FeedSession.Command>> taking = new HashSet<>();
  private final Set<ActorRef<FeedSession.Command>> waiting = new LinkedHashSet<>();

  /** Whether it is its turn; if not, it is told once it is. */
  synchronized boolean take(ActorRef<FeedSession.Command> session) {
    if (taking.contains(session)) {
      return true;
    }
    if (taking.size() >= MOST) {
      waiting.add(session);
      return false;
    }
    waiting.remove(session);
    return taking.add(session);
  }

  /** It has taken it, or wants it no more. */
  synchronized void leave(ActorRef<FeedSession.Command> session) {
    waiting.remove(session);
    if (taking.remove(session) && !waiting.isEmpty()) {
      ActorRef<FeedSession.Command> next = waiting.iterator().next();
      waiting.remove(next);
      taking.add(next);
      next.tell(new FeedSession.CanSend());
    }
  }
}
