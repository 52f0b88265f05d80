package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** What has happened to a service. Recorded; later releases can always read it. */
public sealed interface ServiceEvent {

  Instant at();

  /** The catalogue's specification was taken over. */
  record SpecAccepted(long version, ServiceSpec spec, Instant at) implements ServiceEvent {}

  /** The service is to go, with all its instances. */
  record RemovalBegan(long version, Instant at) implements ServiceEvent {}

  /** An epoch was given out; the agent is told next. */
  record InstanceLaunched(
      InstanceId instance, NodeId node, long version, LaunchCause cause, Instant at)
      implements ServiceEvent {}

  /** An epoch was given out for the instance that will replace a slot's present one. */
  record IncomingLaunched(InstanceId instance, NodeId node, long version, Instant at)
      implements ServiceEvent {}

  /** The agent has a process for it. */
  record InstanceStarted(InstanceId instance, Tenant.Running running, Instant at)
      implements ServiceEvent {}

  record InstanceReadied(InstanceId instance, Instant at) implements ServiceEvent {}

  record InstanceUnreadied(InstanceId instance, Instant at) implements ServiceEvent {}

  /** An instance is dead, and this is what is done about it. */
  record InstanceExited(InstanceId instance, NodeId node, Exit exit, Verdict verdict, Instant at)
      implements ServiceEvent {}

  /** A ready standby took the place of a failed active. */
  record StandbyPromoted(int failed, int promoted, Instant at) implements ServiceEvent {}

  /** A slot's wait, after a backoff or in the hold, is over. */
  record SlotWoken(int slot, Instant at) implements ServiceEvent {}

  /** Slots that were held, backing off or ended are filled again, and all budgets are full. */
  record SlotsRevived(SortedSet<Integer> slots, String why, Instant at) implements ServiceEvent {}

  /** An instance takes no new requests and will be told to end. */
  record DrainBegan(InstanceId instance, String why, Instant at) implements ServiceEvent {}

  /** An instance was told to end. */
  record StopBegan(InstanceId instance, Instant at) implements ServiceEvent {}

  record RolloutBegan(long version, SortedSet<Integer> slots, String why, Instant at)
      implements ServiceEvent {}

  /** A slot's turn: beside the old instance, or after it. */
  record TurnBegan(int slot, boolean stopFirst, Instant at) implements ServiceEvent {}

  record TurnEnded(int slot, Instant at) implements ServiceEvent {}

  /**
   * The rollout is over.
   *
   * @param failure why it did not reach every slot
   */
  record RolloutEnded(Optional<String> failure, Instant at) implements ServiceEvent {}
}
