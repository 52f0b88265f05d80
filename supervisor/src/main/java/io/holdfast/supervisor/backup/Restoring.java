package io.holdfast.supervisor.backup;

import com.google.protobuf.ByteString;
import io.holdfast.core.catalog.CatalogEvent;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.protocol.backup.BackupReader;
import io.holdfast.protocol.backup.BackupRow;
import io.holdfast.protocol.backup.UnfitBackup;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.journal.JournalSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fills the tables of an empty journal from a backup, and adds what must be known of that: nothing
 * that was given out after the backup was made is given out again.
 */
public final class Restoring {

  private static final String CATALOG = "catalog|all";
  private static final String SERVICE = "service|";

  private final BackupReader backup;
  private final JournalWriting journal;
  private final Instant now;
  private final JournalSerializer serializer = new JournalSerializer();

  /** The highest number of each id. */
  private final Map<String, Long> sequences = new TreeMap<>(Map.of(CATALOG, 0L));

  private long ordering;

  private Restoring(BackupReader backup, JournalWriting journal, Instant now) {
    this.backup = backup;
    this.journal = journal;
    this.now = now;
  }

  /** Whether all of it is as it was written, and this release can read it. */
  public static void check(Path file) throws IOException, UnfitBackup {
    try (BackupReader backup = BackupReader.open(file)) {
      for (Optional<BackupRow> row = backup.next(); row.isPresent(); row = backup.next()) {
        requireReadable(row.get());
      }
    }
  }

  /**
   * All in the connection's transaction, which must not be committed when this fails.
   *
   * @return the highest place in the order of all events
   */
  public static long into(Connection connection, BackupReader backup, Instant now)
      throws SQLException, IOException, UnfitBackup {
    try (JournalWriting journal = new JournalWriting(connection)) {
      Restoring restoring = new Restoring(backup, journal, now);
      restoring.rows();
      restoring.lift(Lift.between(backup.head().at(), now));
      journal.flush();
      return restoring.ordering;
    }
  }

  private void rows() throws SQLException, IOException, UnfitBackup {
    for (Optional<BackupRow> row = backup.next(); row.isPresent(); row = backup.next()) {
      write(row.get());
    }
  }

  private static void requireReadable(BackupRow row) throws UnfitBackup {
    BackupRow.Content content = row.content();
    Optional<String> unknown = unknown(content);
    if (unknown.isPresent()) {
      throw new UnfitBackup(
          "it holds '" + unknown.get() + "', which this release cannot read; a newer one made it");
    }
  }

  private static Optional<String> unknown(BackupRow.Content content) throws UnfitBackup {
    try {
      return JournalSerializer.unknown(
          content.serializer(), content.type(), content.bytes().toByteArray());
    } catch (IOException e) {
      throw new UnfitBackup("it holds a damaged '" + content.type() + "'");
    }
  }

  private void write(BackupRow row) throws SQLException {
    sequences.merge(row.id(), row.sequence(), Math::max);
    if (row instanceof BackupRow.Event event) {
      ordering = Math.max(ordering, event.ordering());
    }
    journal.write(row);
  }

  private void lift(Lift lift) throws SQLException {
    ordering += lift.epochs();
    for (Map.Entry<String, Long> last : Map.copyOf(sequences).entrySet()) {
      if (last.getKey().equals(CATALOG)) {
        append(last, new CatalogEvent.Restored(lift.versions(), lift.epochs(), now));
      } else if (last.getKey().startsWith(SERVICE)) {
        append(last, new ServiceEvent.EpochsLifted(lift.epochs(), now, now));
      }
    }
  }

  private void append(Map.Entry<String, Long> last, Object event) throws SQLException {
    write(
        new BackupRow.Event(
            last.getKey(),
            last.getValue() + 1,
            ordering + 1,
            false,
            "restore",
            now.toEpochMilli(),
            List.of(EventFeed.TAG),
            new BackupRow.Content(
                serializer.identifier(),
                serializer.manifest(event),
                ByteString.copyFrom(serializer.toBinary(event)))));
  }
}
