package io.holdfast.agent.link;

import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.Snapshot;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.agent.Usage;
import java.time.Duration;
import java.util.Optional;

/** The agent, as its link to the supervisor sees it. All calls come on the agent's loop. */
public interface LinkSide {

  Hello hello();

  Snapshot snapshot();

  /** Of all instances and their phases, as {@code InstanceDigest} makes it. */
  long digest();

  /** How late the agent's own timer was lately. */
  Duration tickLag();

  /** What has been measured since the last call. */
  Optional<Usage> usage();

  /** Anything the supervisor says that the link does not answer itself. */
  void received(SupervisorMessage message);

  /** The clock that counts on while the machine sleeps. */
  Duration sinceBoot();

  /** The supervisor has acknowledged the heartbeat that was sent then, since boot. */
  void leaseGranted(Duration sentAt);

  /** The stream is gone; another one will come. */
  void lost();
}
