package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A launched instance, how far it has come, and how it is regarded.
 *
 * @param version of the specification it runs
 */
public record Tenant(InstanceId id, NodeId node, long version, Progress progress, Regard regard) {

  /** How far a launch has come; each step knows what the one before did not. */
  public sealed interface Progress {}

  /** Recorded and sent to the agent, which has not answered yet. */
  public record Launching(Instant since) implements Progress {}

  /** A process that is not ready: not yet, or not any more. */
  public record Started(Running running, boolean wasReady) implements Progress {}

  /** Takes traffic, or could if it were an active. */
  public record Ready(Running running, Instant since) implements Progress {}

  /**
   * The process.
   *
   * @param address where its ports are reached
   * @param zone of its node; blank when it has none
   */
  public record Running(
      long pid, String address, String zone, Map<String, Integer> ports, Instant startedAt) {
    public Running {
      ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    }
  }

  static Tenant launching(InstanceId id, NodeId node, long version, Instant since) {
    return new Tenant(id, node, version, new Launching(since), new Regard.Trusted());
  }

  /** Its probes pass, and its requests do not say otherwise. */
  public boolean isReady() {
    return isUp() && regard.isGood();
  }

  /** Its probes pass. */
  boolean isUp() {
    return progress instanceof Ready;
  }

  boolean hasBeenReady() {
    return progress instanceof Ready
        || (progress instanceof Started(_, boolean wasReady) && wasReady);
  }

  public boolean isLaunching() {
    return progress instanceof Launching;
  }

  Tenant with(Progress next) {
    return new Tenant(id, node, version, next, regard);
  }

  Tenant with(Regard next) {
    return new Tenant(id, node, version, progress, next);
  }
}
