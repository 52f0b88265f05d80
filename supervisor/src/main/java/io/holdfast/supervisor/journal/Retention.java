package io.holdfast.supervisor.journal;

import akka.persistence.typed.DeleteEventsFailed;
import akka.persistence.typed.DeleteSnapshotsFailed;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.SnapshotFailed;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandlerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the past is kept: every so many rows the state as a whole, and then none that are
 * older than the last few of those.
 *
 * <p>Nothing depends on a snapshot or a deletion that fails: the next one makes it good.
 */
public final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  static final int EVENTS_PER_SNAPSHOT = 250;
  static final int SNAPSHOTS = 2;

  /**
   * So there are always the latest 500 rows of each, and never more than about 750 and those that
   * were written while older ones were being deleted: a round that falls into the one before it is
   * left out, and the next makes it good. A row is one event, or a {@link Batch} of them.
   */
  public static final RetentionCriteria CRITERIA =
      RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, SNAPSHOTS).withDeleteEventsOnSnapshot();

  private Retention() {}

  /** Has states written as {@link Snapshot}s. */
  public static <S> SnapshotAdapter<S> snapshots(Class<S> kind) {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(S state) {
        return new Snapshot(state);
      }

      @Override
      public S fromJournal(Object written) {
        if (!(written instanceof Snapshot(var state))) {
          throw new IllegalStateException("no snapshot: " + written.getClass().getName());
        }
        return kind.cast(state);
      }
    };
  }

  /** Has what fails logged, each time in one line. */
  public static <S> SignalHandlerBuilder<S> watched(SignalHandlerBuilder<S> signals) {
    return signals
        .onSignal(
            SnapshotFailed.class,
            (_, failed) ->
                LOG.warn(
                    "no snapshot of {} was kept; the next one is tried after {} more events: {}",
                    failed.getSnapshotMetadata().persistenceId(),
                    EVENTS_PER_SNAPSHOT,
                    failed.getFailure().toString()))
        .onSignal(
            DeleteEventsFailed.class,
            (_, failed) ->
                LOG.warn(
                    "old events up to number {} were not deleted; that is tried again after {}"
                        + " more: {}",
                    failed.getToSequenceNr(),
                    EVENTS_PER_SNAPSHOT,
                    failed.getFailure().toString()))
        .onSignal(
            DeleteSnapshotsFailed.class,
            (_, failed) ->
                LOG.warn(
                    "old snapshots were not deleted; that is tried again after {} more events: {}",
                    EVENTS_PER_SNAPSHOT,
                    failed.getFailure().toString()));
  }
}
