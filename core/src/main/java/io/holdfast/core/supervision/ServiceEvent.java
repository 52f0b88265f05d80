package io.holdfast.core.supervision;

import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** What has happened to a service. Recorded; later releases can always read it. */
public sealed interface ServiceEvent {

  Instant at();

  /** The catalogue's specification was taken over. */
  record SpecAccepted(long version, ServiceSpec spec, Instant at) implements ServiceEvent {}

  /** The service is to go, with all its instances. */
  record RemovalBegan(long version, Instant at) implements ServiceEvent {}

  /** An epoch was given out; the agent is told next, or has told. */
  record InstanceLaunched(
      InstanceId instance, NodeId node, long version, LaunchCause cause, Instant at)
      implements ServiceEvent {}

  /**
   * An epoch was given out for the instance that will replace a slot's present one.
   *
   * @param relocation why it goes to another node; empty in a rollout
   */
  record IncomingLaunched(
      InstanceId instance,
      NodeId node,
      long version,
      Optional<Relocation.Purpose> relocation,
      Instant at)
      implements ServiceEvent {}

  /**
   * The journal was restored from a backup. Epochs that were given out after that was made are
   * never given out again, and what was launched with them may still run.
   *
   * @param by so much the last epoch rises
   * @param restored when that was
   */
  record EpochsLifted(long by, Instant restored, Instant at) implements ServiceEvent {}

  /**
   * An instance that was launched after the backup from which the journal was restored takes its
   * slot again.
   *
   * @param version of the specification that it is taken for, as nobody knows its own
   */
  record InstanceAdopted(InstanceId instance, NodeId node, long version, Instant at)
      implements ServiceEvent {}

  /** An instance that nothing is known of runs where none may run twice; it is to end. */
  record StrangerFound(InstanceId instance, NodeId node, long version, Instant at)
      implements ServiceEvent {}

  /** The agent has a process for it. */
  record InstanceStarted(InstanceId instance, Tenant.Running running, Instant at)
      implements ServiceEvent {}

  record InstanceReadied(InstanceId instance, Instant at) implements ServiceEvent {}

  /**
   * It takes no traffic now.
   *
   * @param probe what its readiness probe said; blank when nobody told
   */
  record InstanceUnreadied(InstanceId instance, String probe, Instant at) implements ServiceEvent {}

  /**
   * An instance is dead, and this is what is done about it.
   *
   * @param clause the part of the policy that says so; blank where nothing was ruled
   */
  record InstanceExited(
      InstanceId instance, NodeId node, Exit exit, Verdict verdict, String clause, Instant at)
      implements ServiceEvent {}

  /** A ready standby took the place of a failed active. */
  record StandbyPromoted(int failed, int promoted, Instant at) implements ServiceEvent {}

  /** A slot's wait, after a backoff or in the hold, is over. */
  record SlotWoken(int slot, Instant at) implements ServiceEvent {}

  /** Slots that were held, backing off or ended are filled again, and all budgets are full. */
  record SlotsRevived(SortedSet<Integer> slots, String why, Instant at) implements ServiceEvent {}

  /**
   * Slots for which the group was asked are given up for now.
   *
   * @param clause the part of a policy that says so
   */
  record SlotsHeld(SortedSet<Integer> slots, Instant until, String clause, Instant at)
      implements ServiceEvent {}

  /**
   * An instance exceeded the thresholds, and gets no requests unless nothing better is left.
   *
   * @param times in a row, this one included
   * @param evidence in words
   */
  record InstanceIsolated(
      InstanceId instance, int times, Instant until, String evidence, Instant at)
      implements ServiceEvent {}

  /** An instance that was isolated is given another chance. */
  record IsolationEnded(InstanceId instance, Instant at) implements ServiceEvent {}

  /**
   * An instance exceeded the thresholds: it takes no new requests, and will be restarted.
   *
   * @param evidence in words
   */
  record InstanceCondemned(InstanceId instance, String evidence, Instant at)
      implements ServiceEvent {}

  /**
   * Most instances do badly together, some of them beyond the thresholds: nothing is done about
   * any.
   *
   * @param bad how many do badly
   * @param judged of how many
   * @param worst one of those that surely exceed
   * @param evidence of that one, in words
   */
  record CommonCauseFound(int bad, int judged, InstanceId worst, String evidence, Instant at)
      implements ServiceEvent {}

  /** It is no longer so that most do badly; what was seen until then counts against nobody. */
  record CommonCauseLapsed(Instant at) implements ServiceEvent {}

  /** An instance takes no new requests and will be told to end. */
  record DrainBegan(InstanceId instance, String why, Instant at) implements ServiceEvent {}

  /** An instance was told to end. */
  record StopBegan(InstanceId instance, Instant at) implements ServiceEvent {}

  /**
   * Slots are to run this version, one after the other.
   *
   * @param from the version that worked before and to which the service can go back
   */
  record RolloutBegan(
      long version, SortedSet<Integer> slots, String why, Optional<Long> from, Instant at)
      implements ServiceEvent {}

  /** A slot's turn: beside the old instance, or after it. */
  record TurnBegan(int slot, boolean stopFirst, Instant at) implements ServiceEvent {}

  record TurnEnded(int slot, Instant at) implements ServiceEvent {}

  /**
   * The rollout is over.
   *
   * @param failure why it did not reach every slot
   * @param back the version that worked before, for which the catalogue is asked
   */
  record RolloutEnded(Optional<String> failure, Optional<Long> back, Instant at)
      implements ServiceEvent {}

  /** The catalogue cannot go back: what is there stays. */
  record ReversionRefused(long failed, String why, Instant at) implements ServiceEvent {}

  /** A slot's instance is to go to another node, away from this one. */
  record RelocationBegan(int slot, Relocation.Purpose purpose, NodeId away, Instant at)
      implements ServiceEvent {}

  /**
   * A relocation is over.
   *
   * @param failure why the instance is still where it was
   * @param rest until when the next one of the kind waits
   */
  record RelocationEnded(int slot, Optional<String> failure, Instant rest, Instant at)
      implements ServiceEvent {}

  /**
   * It belongs to a group now.
   *
   * @param halted it waits for the group's word before anything is launched
   */
  record GroupJoined(GroupName group, boolean halted, Instant at) implements ServiceEvent {}

  /** It belongs to no group any more. */
  record GroupLeft(Instant at) implements ServiceEvent {}

  /** Its group ends all its instances, to begin it afresh: every budget is full again. */
  record Halted(GroupName group, long order, String why, Instant at) implements ServiceEvent {}

  /** Its group lets it run. */
  record Begun(GroupName group, long order, Instant at) implements ServiceEvent {}

  /**
   * A dependency whose restarts matter has replaced instances, now so many in all.
   *
   * @param first nothing was known of it before, so nothing follows
   */
  record DependencyRenewed(ServiceName dependency, long renewals, boolean first, Instant at)
      implements ServiceEvent {}

  /**
   * An agent may restart instances without asking.
   *
   * @param series of the count that {@code limit} belongs to
   * @param blocks new epochs, per slot; those given before stay
   */
  record BudgetDelegated(
      NodeId node,
      long series,
      long limit,
      SortedMap<Integer, EpochBlock> blocks,
      Instant until,
      Instant at)
      implements ServiceEvent {}

  /** An agent is to ask again. */
  record BudgetWithdrawn(NodeId node, String why, Instant at) implements ServiceEvent {}
}
