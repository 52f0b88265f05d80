package io.holdfast.core.supervision;

import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.Restoration;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a service is told. Anything may come late, twice, or for an instance long gone. */
public sealed interface ServiceInput {

  /**
   * The catalogue holds this version, and this group as its parent.
   *
   * @param restored when the journal was restored, if ever
   */
  record Ensured(
      long version, ServiceSpec spec, Optional<GroupName> parent, Optional<Restoration> restored)
      implements ServiceInput {

    public Ensured(long version, ServiceSpec spec, Optional<GroupName> parent) {
      this(version, spec, parent, Optional.empty());
    }
  }

  /** The catalogue has deleted the service, with this version. */
  record Removed(long version) implements ServiceInput {}

  /** An agent said how an instance is. */
  record Reported(NodeId node, String address, String zone, Report report)
      implements ServiceInput {}

  /** An agent that is asked for an instance does not know it. */
  record Missed(NodeId node, InstanceId instance) implements ServiceInput {}

  /**
   * No agent of the node is connected.
   *
   * @param silence since the last heartbeat that was acknowledged, or longer ago than that
   * @param lost whether the node was condemned: what was on it is to be replaced
   */
  record NodeAway(NodeId node, Duration silence, boolean lost) implements ServiceInput {}

  /** The host of an instance answers, and the instance does not, while no agent watches it. */
  record FoundDead(InstanceId instance, NodeId node) implements ServiceInput {}

  /** A node has a place for the slot. */
  record Placed(int slot, NodeId node) implements ServiceInput {}

  /** No balancer sends anything to the instance any more, or the wait for that is over. */
  record Drained(InstanceId instance) implements ServiceInput {}

  /** An operator wants fresh instances, of every slot or of one. */
  record RestartRequested(OptionalInt slot) implements ServiceInput {}

  /** The group wants every instance to end. Orders of one group rise. */
  record HaltOrdered(GroupName group, long order, String why) implements ServiceInput {}

  /** The group lets the service run. */
  record BeginOrdered(GroupName group, long order) implements ServiceInput {}

  /** The group can do no more for the slot whose latest launch this is. */
  record HoldOrdered(GroupName group, InstanceId instance, String clause) implements ServiceInput {}

  /** What the requests of the last while say of the instances, bad enough to be told. */
  record Judged(List<Finding> findings) implements ServiceInput {
    public Judged {
      findings = List.copyOf(findings);
    }
  }

  /** The catalogue cannot go back from a version that failed. */
  record RevertRefused(long failed, String why) implements ServiceInput {}

  /** Time has passed, or what the service depends on has changed. */
  record Ticked() implements ServiceInput {}
}
