package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Preference;
import io.holdfast.core.spec.ServiceSpec;

/** What the shell of a service must do, in order. */
public sealed interface ServiceEffect {

  /** Make this durable before anything that stands behind it. */
  record Persist(ServiceEvent event) implements ServiceEffect {}

  /** Find a node for the slot and reserve the place; answered by {@link ServiceInput.Placed}. */
  record Place(int slot, Preference preference) implements ServiceEffect {}

  record Launch(InstanceId instance, NodeId node, ServiceSpec spec) implements ServiceEffect {}

  /** Wait until no balancer uses the instance; answered by {@link ServiceInput.Drained}. */
  record Drain(InstanceId instance) implements ServiceEffect {}

  record Stop(InstanceId instance, NodeId node) implements ServiceEffect {}

  /** The exit is recorded; the agent need not keep it. */
  record Forget(InstanceId instance, NodeId node) implements ServiceEffect {}

  /** Tell the agent what it may do without asking. */
  record Delegate(NodeId node, Budget budget) implements ServiceEffect {}

  /**
   * Ask the catalogue to go back from a version that failed; said again until it has.
   *
   * @param to what worked, with as many instances as are wanted now
   */
  record Revert(long failed, ServiceSpec to, String why) implements ServiceEffect {}

  /** A restart is taken from what the whole cluster may do at a time. */
  record SpendRestart() implements ServiceEffect {}
}
