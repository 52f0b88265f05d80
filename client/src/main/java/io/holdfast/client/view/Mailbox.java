package io.holdfast.client.view;

import java.time.Duration;

/** Where the events of one follower wait for it. */
public interface Mailbox {

  /** Hands it this event after those that wait already; from any thread. */
  void tell(FollowerEvent event);

  /**
   * Hands it this event after a while, instead of the one of its kind that waits for its time. By
   * the follower alone.
   */
  void tellAfter(Duration delay, FollowerEvent event);

  /** Drops the event of this kind that waits for its time. By the follower alone. */
  void forget(Class<? extends FollowerEvent> kind);
}
