package io.holdfast.supervisor;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.protocol.backup.BackupHead;
import io.holdfast.supervisor.api.ControlPlane.BackupAnswer;
import io.holdfast.supervisor.backup.BackupStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/**
 * Makes backups of the journal, one at a time, each from one transaction that ends by a deadline,
 * whether anybody reads on or not.
 */
final class Backups {

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final ActorSystem<?> system;
  private final Store store;
  private final ExecutionContextExecutor blocking;
  private final Semaphore turn = new Semaphore(1);

  Backups(ActorSystem<?> system, Store store) {
    this.system = system;
    this.store = store;
    this.blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
  }

  /** Begins one, or says why not. */
  CompletionStage<BackupAnswer> begin() {
    return store
        .gate()
        .look()
        .thenCompose(
            closed ->
                closed
                    .<CompletionStage<BackupAnswer>>map(
                        why -> CompletableFuture.completedFuture(unavailable(why)))
                    .orElseGet(this::beginNow));
  }

  private CompletionStage<BackupAnswer> beginNow() {
    return turn.tryAcquire()
        ? CompletableFuture.supplyAsync(this::opened, blocking)
        : CompletableFuture.completedFuture(
            new BackupAnswer.Busy("A backup is being made already; wait until it is done."));
  }

  private BackupAnswer opened() {
    try {
      Run run = new Run(BackupStream.of(store.moment(), head()), turn);
      system.scheduler().scheduleOnce(LONGEST, run::close, blocking);
      return new BackupAnswer.Begun(source(run));
    } catch (SQLException | RuntimeException e) {
      turn.release();
      LOG.warn("a backup could not begin: {}", Waiting.rootMessage(e));
      return unavailable("the journal cannot be read: " + Waiting.rootMessage(e));
    }
  }

  private static BackupHead head() {
    return new BackupHead(
        Optional.ofNullable(Backups.class.getPackage().getImplementationVersion())
            .orElse("unpackaged"),
        Instant.now());
  }

  private static BackupAnswer unavailable(String why) {
    return new BackupAnswer.Unavailable("No backup was made: " + why + ".");
  }

  private static Source<ByteString, NotUsed> source(Run run) {
    return Source.<ByteString, Run>unfoldResource(
            () -> run,
            open ->
                open.stream().next().map(lines -> ByteString.fromArrayUnsafe(lines.toByteArray())),
            Run::close)
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  /** One that is under way; the next one's turn comes when it has ended, however that was. */
  private static final class Run implements AutoCloseable {

    private final BackupStream stream;
    private final Semaphore turn;
    private boolean closed;

    Run(BackupStream stream, Semaphore turn) {
      this.stream = stream;
      this.turn = turn;
    }

    BackupStream stream() {
      return stream;
    }

    @Override
    public synchronized void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        stream.close();
      } catch (SQLException e) {
        LOG.warn("a backup's connection did not close in order: {}", Waiting.rootMessage(e));
      } finally {
        turn.release();
      }
    }
  }
}
