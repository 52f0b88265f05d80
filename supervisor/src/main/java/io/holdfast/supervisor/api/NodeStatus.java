package io.holdfast.supervisor.api;

import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One host.
 *
 * @param state lost or suspect; where it is neither and is to be emptied, draining or drained; or
 *     ready
 * @param zone blank when it has none
 * @param attributes what the host can do for instances, such as how they are killed
 * @param cpus of the host
 * @param memoryBytes of the host
 * @param heartbeatAge since the last heartbeat arrived; absent before the first
 * @param reserved what its places ask for, whether their instances live yet or not
 * @param usage as its agent has measured it last
 */
public record NodeStatus(
    NodeId id,
    String state,
    String address,
    String zone,
    Map<String, String> labels,
    Map<String, String> attributes,
    int cpus,
    long memoryBytes,
    Optional<Duration> heartbeatAge,
    List<InstanceId> instances,
    Reserved reserved,
    Optional<HostUsage> usage) {

  /**
   * What services have reserved on a node.
   *
   * @param memory in bytes
   * @param cpu in thousandths of one processor
   */
  public record Reserved(int places, long memory, long cpu) {}
}
