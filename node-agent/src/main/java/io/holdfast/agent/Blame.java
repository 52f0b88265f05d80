package io.holdfast.agent;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.Intent;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;

/** Who is to blame for an end that looks like the instance's own doing. */
final class Blame {

  private final boolean otherBoot;
  private final boolean leaseRanOut;

  private Blame(boolean otherBoot, boolean leaseRanOut) {
    this.otherBoot = otherBoot;
    this.leaseRanOut = leaseRanOut;
  }

  /**
   * What is known of an instance besides its end.
   *
   * @param adopted true when an earlier agent has launched it
   */
  static Blame of(boolean adopted, Intent intent, InstanceDirectory directory) {
    return new Blame(
        adopted && !intent.bootId().equals(Processes.bootId()), directory.leaseRanOut());
  }

  Exit on(Exit exit) {
    return switch (exit.cause()) {
      // The machine was started anew: whatever ran ended with it, and even a launch of which
      // nothing is found counts, as what it left may not have reached the disk.
      case SELF, LAUNCH ->
          otherBoot
              ? because(ExitCause.NODE_LOST, exit)
              : leaseRanOut ? because(ExitCause.LEASE, exit) : exit;
      case START_DEADLINE, LIVENESS, THRESHOLDS, NODE_LOST, LEASE, REQUESTED, SHUTDOWN -> exit;
    };
  }

  private static Exit because(ExitCause cause, Exit exit) {
    return new Exit(exit.status(), cause, exit.at(), exit.probe(), exit.log());
  }
}
