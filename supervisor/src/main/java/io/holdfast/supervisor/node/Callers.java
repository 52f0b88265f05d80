package io.holdfast.supervisor.node;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Report;
import java.time.Duration;

/** The services, as nodes and sessions reach them. */
public interface Callers {

  /**
   * Whoever has instances there should say so: the node's agent has connected, and can be asked for
   * them, or is not heard any more, and others have to be.
   */
  void nodeConnected(ServiceName service, NodeId node);

  /**
   * No agent of the node is connected.
   *
   * @param silence at least so long ago its last heartbeat was acknowledged
   * @param lost it was condemned
   */
  void nodeAway(ServiceName service, NodeId node, Duration silence, boolean lost);

  /** The host of the instance answers and the instance does not, while its agent is away. */
  void foundDead(NodeId node, InstanceId instance);

  /** The node's agent does not know this instance. */
  void missed(NodeId node, InstanceId instance);

  /** An agent's word about an instance. */
  void reported(NodeId node, NodeProfile profile, Report report);
}
