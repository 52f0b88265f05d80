package io.holdfast.client.view;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a follower lives in: a thread, or an actor. */
public interface Shell {

  /** Makes the follower, has it begin, and hands it one event at a time until it has ended. */
  Running run(Function<Mailbox, Follower> follower);

  /** A follower that lives. */
  interface Running {

    /** From any thread; does nothing once it has ended. */
    void tell(FollowerEvent event);

    CompletionStage<Void> ended();
  }
}
