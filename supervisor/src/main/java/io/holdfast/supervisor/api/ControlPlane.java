package io.holdfast.supervisor.api;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.spec.Spec;
import io.holdfast.core.supervision.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What the admin API asks of the control plane.
 *
 * <p>A stage that fails means that the control plane could not answer in time or at all; a refusal
 * is a value. What is answered as accepted is durable.
 */
public interface ControlPlane {

  /**
   * Applies all of {@code specs} or none.
   *
   * @param ifMatch the version that the one specification must replace
   */
  CompletionStage<ApplyOutcome> apply(List<? extends Spec> specs, OptionalLong ifMatch);

  /** What {@link #apply} would answer, without doing it. */
  CompletionStage<ApplyOutcome> plan(List<? extends Spec> specs, OptionalLong ifMatch);

  CompletionStage<ChangeOutcome> delete(ServiceName service);

  /** The group alone; its children go on without it. */
  CompletionStage<ChangeOutcome> delete(GroupName group);

  /** Every slot, or one. */
  CompletionStage<ChangeOutcome> restart(ServiceName service, OptionalInt slot);

  /** Back to an earlier version; to the one before when {@code to} is empty. */
  CompletionStage<ChangeOutcome> rollback(ServiceName service, OptionalLong to);

  CompletionStage<ChangeOutcome> scale(ServiceName service, int instances);

  /** In the order of their names. */
  CompletionStage<List<ServiceStatus>> services();

  CompletionStage<Optional<ServiceDetail>> service(ServiceName service);

  /** In the order of their names. */
  CompletionStage<List<GroupDetail>> groups();

  CompletionStage<Optional<GroupDetail>> group(GroupName group);

  /** Of all services, the newest first. */
  CompletionStage<List<Incident>> incidents();

  /** In the order of their ids. */
  CompletionStage<List<NodeStatus>> nodes();

  CompletionStage<Optional<NodeStatus>> node(NodeId node);

  /** Has a node take nothing more, and all that is on it move away; until {@link #undrain}. */
  CompletionStage<ChangeOutcome> drain(NodeId node);

  CompletionStage<ChangeOutcome> undrain(NodeId node);

  RoutingView view();

  /** The view as soon as it differs from {@code seen}, or as it is after {@code wait}. */
  CompletionStage<RoutingView> viewAfter(SeenVersion seen, Duration wait);

  /** Recorded events in their one order; empty when there is none (yet). */
  CompletionStage<List<RecordedEvent>> events(EventQuery query, int limit);

  /** Recorded events, those to come included. */
  Source<RecordedEvent, NotUsed> followEvents(EventQuery query);

  /** The output of an instance, or why there is none. */
  CompletionStage<LogAnswer> logs(LogQuery query);

  CompletionStage<ClusterStatus> cluster();

  /** Begins a backup of the journal, or says why not. */
  CompletionStage<BackupAnswer> backup();

  /** False until the journal has been read and the listeners serve. */
  boolean isReady();

  /** A version of a view as a client names it: the hub's incarnation and its number. */
  record SeenVersion(String incarnation, long version) {}

  /**
   * Which events are asked for.
   *
   * @param after the id of the last one seen; 0 for none
   */
  record EventQuery(long after, Optional<java.time.Instant> since, Optional<ServiceName> service) {}

  /**
   * Which output is asked for.
   *
   * @param slot the lowest one that has any when absent
   * @param tail lines to begin with; 0 for all that is kept
   */
  record LogQuery(
      ServiceName service, OptionalInt slot, boolean previous, int tail, boolean follow) {}

  /** Whether a backup is being made. Each sentence is whole. */
  sealed interface BackupAnswer {

    /** Lines, the last of which shows that none is missing. */
    record Begun(Source<ByteString, NotUsed> lines) implements BackupAnswer {}

    record Busy(String why) implements BackupAnswer {}

    record Unavailable(String why) implements BackupAnswer {}
  }

  /** The answer to a {@link LogQuery}. */
  sealed interface LogAnswer {
    record Output(Source<ByteString, NotUsed> text) implements LogAnswer {}

    record None(String why) implements LogAnswer {}
  }
}
