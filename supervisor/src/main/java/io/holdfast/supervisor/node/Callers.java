package io.holdfast.supervisor.node;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Report;
import java.time.Duration;

/** The services, as nodes and sessions reach them. */
public interface Callers {

  /** The node's agent is connected: whoever has instances there may ask for them. */
  void nodeConnected(ServiceName service, NodeId node);

  /**
   * No agent of the node is connected.
   *
   * @param silence at least so long ago its last heartbeat was acknowledged
   */
  void nodeAway(ServiceName service, NodeId node, Duration silence);

  /** The node's agent does not know this instance. */
  void missed(NodeId node, InstanceId instance);

  /** An agent's word about an instance. */
  void reported(NodeId node, NodeProfile profile, Report report);
}
