package io.holdfast.supervisor.backup;

import com.google.protobuf.ByteString;
import io.holdfast.protocol.backup.BackupRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Every event in its order, then the latest snapshot of each. All show the same moment if the
 * connection's transaction does.
 */
final class JournalReading implements AutoCloseable {

  private static final String EVENTS =
      """
      select ordering, persistence_id, sequence_number, deleted, writer, write_timestamp,
        event_ser_id, event_ser_manifest, event_payload,
        (select string_agg(tag, ',') from event_tag where event_id = ordering) as tags
      from event_journal where ordering > ? order by ordering limit ?
      """;
  private static final String SNAPSHOTS =
      """
      select persistence_id, sequence_number, created, snapshot_ser_id, snapshot_ser_manifest,
        snapshot_payload
      from snapshot one where persistence_id > ? and sequence_number =
        (select max(other.sequence_number) from snapshot other
         where other.persistence_id = one.persistence_id)
      order by persistence_id limit ?
      """;

  private final Paged events;
  private final Paged snapshots;

  JournalReading(Connection connection) throws SQLException {
    events =
        new Paged(
            connection,
            EVENTS,
            0L,
            JournalReading::event,
            row -> row instanceof BackupRow.Event event ? event.ordering() : 0L);
    snapshots = new Paged(connection, SNAPSHOTS, "", JournalReading::snapshot, BackupRow::id);
  }

  Optional<BackupRow> next() throws SQLException {
    Optional<BackupRow> event = events.next();
    return event.isPresent() ? event : snapshots.next();
  }

  private static BackupRow event(ResultSet row) throws SQLException {
    return new BackupRow.Event(
        row.getString("persistence_id"),
        row.getLong("sequence_number"),
        row.getLong("ordering"),
        row.getBoolean("deleted"),
        row.getString("writer"),
        row.getLong("write_timestamp"),
        Optional.ofNullable(row.getString("tags"))
            .map(tags -> List.of(tags.split(",")))
            .orElse(List.of()),
        content(row, "event"));
  }

  private static BackupRow snapshot(ResultSet row) throws SQLException {
    return new BackupRow.Snapshot(
        row.getString("persistence_id"),
        row.getLong("sequence_number"),
        row.getLong("created"),
        content(row, "snapshot"));
  }

  private static BackupRow.Content content(ResultSet row, String kind) throws SQLException {
    return new BackupRow.Content(
        row.getInt(kind + "_ser_id"),
        row.getString(kind + "_ser_manifest"),
        ByteString.copyFrom(row.getBytes(kind + "_payload")));
  }

  @Override
  public void close() throws SQLException {
    events.close();
    snapshots.close();
  }
}
