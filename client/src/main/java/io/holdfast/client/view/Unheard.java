package io.holdfast.client.view;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What threads of requests have told a follower and it has not heard yet: each once, however often
 * it is told. So what waits for a follower that is held up is bounded by what there is to tell of.
 */
final class Unheard {

  private final Set<FollowerEvent> events = ConcurrentHashMap.newKeySet();

  /** False when it waits to be heard already. */
  boolean add(FollowerEvent event) {
    return events.add(event);
  }

  /** Before it is acted on: what happens while it is has to be told anew. */
  void heard(FollowerEvent event) {
    events.remove(event);
  }
}
