package io.holdfast.supervisor.errand;

import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.ServiceKey;
import io.holdfast.core.detection.Reach;
import io.holdfast.protocol.reach.Target;
import java.time.Duration;
import java.util.List;

/**
 * To be connected to, by whoever this is told to. One that cannot now never answers.
 *
 * @param timeout for each target
 */
public record Errand(List<Target> targets, Duration timeout, ActorRef<Done> replyTo) {

  /** Under which gateways are found that run errands, those of all supervisor nodes. */
  public static final ServiceKey<Errand> GATEWAYS = ServiceKey.create(Errand.class, "gateways");

  public Errand {
    targets = List.copyOf(targets);
  }

  /** What came of it, in the order of the targets. */
  public record Done(List<Reach> reaches) {
    public Done {
      reaches = List.copyOf(reaches);
    }
  }
}
