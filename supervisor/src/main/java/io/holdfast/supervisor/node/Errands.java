package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import io.holdfast.protocol.agent.Checked;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.wire.ReachWire;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The checks of other hosts that one agent was asked to make and has not answered. */
final class Errands {

  /** An agent of an earlier release never answers; whoever asked does not wait for long. */
  private static final int MOST = 64;

  private final Map<Long, ActorRef<Inquiry.Found>> open = new LinkedHashMap<>();
  private long last;

  /** What the agent is to be told. */
  SupervisorMessage begin(AgentSession.Check check) {
    if (open.size() >= MOST) {
      open.remove(open.keySet().iterator().next());
    }
    open.put(++last, check.replyTo());
    return Words.check(last, check.targets(), Inquiry.TIMEOUT);
  }

  void answered(Checked checked) {
    Optional.ofNullable(open.remove(checked.getRequest()))
        .ifPresent(asker -> asker.tell(new Inquiry.Found(ReachWire.reaches(checked))));
  }
}
