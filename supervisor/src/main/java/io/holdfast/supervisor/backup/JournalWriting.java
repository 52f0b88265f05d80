package io.holdfast.supervisor.backup;

import io.holdfast.protocol.backup.BackupRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Puts rows into the empty tables of a journal, some at a time. */
final class JournalWriting implements AutoCloseable {

  private static final int AT_ONCE = 100;

  private static final String EVENT =
      """
      insert into event_journal (ordering, persistence_id, sequence_number, deleted, writer,
        write_timestamp, adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
      values (?, ?, ?, ?, ?, ?, '', ?, ?, ?)
      """;
  private static final String TAG = "insert into event_tag (event_id, tag) values (?, ?)";
  private static final String SNAPSHOT =
      """
      insert into snapshot (persistence_id, sequence_number, created, snapshot_ser_id,
        snapshot_ser_manifest, snapshot_payload)
      values (?, ?, ?, ?, ?, ?)
      """;

  private final PreparedStatement events;
  private final PreparedStatement tags;
  private final PreparedStatement snapshots;
  private int waiting;

  JournalWriting(Connection connection) throws SQLException {
    events = connection.prepareStatement(EVENT);
    tags = connection.prepareStatement(TAG);
    snapshots = connection.prepareStatement(SNAPSHOT);
  }

  void write(BackupRow row) throws SQLException {
    switch (row) {
      case BackupRow.Event event -> write(event);
      case BackupRow.Snapshot snapshot -> write(snapshot);
    }
    waiting++;
    if (waiting == AT_ONCE) {
      flush();
    }
  }

  private void write(BackupRow.Event event) throws SQLException {
    int column = 0;
    events.setLong(++column, event.ordering());
    events.setString(++column, event.id());
    events.setLong(++column, event.sequence());
    events.setBoolean(++column, event.deleted());
    events.setString(++column, event.writer());
    events.setLong(++column, event.written());
    content(events, column, event.content());
    events.addBatch();
    for (String tag : event.tags()) {
      tags.setLong(1, event.ordering());
      tags.setString(2, tag);
      tags.addBatch();
    }
  }

  private void write(BackupRow.Snapshot snapshot) throws SQLException {
    int column = 0;
    snapshots.setString(++column, snapshot.id());
    snapshots.setLong(++column, snapshot.sequence());
    snapshots.setLong(++column, snapshot.written());
    content(snapshots, column, snapshot.content());
    snapshots.addBatch();
  }

  private static void content(PreparedStatement into, int before, BackupRow.Content content)
      throws SQLException {
    into.setInt(before + 1, content.serializer());
    into.setString(before + 2, content.type());
    into.setBytes(before + 3, content.bytes().toByteArray());
  }

  void flush() throws SQLException {
    events.executeBatch();
    tags.executeBatch();
    snapshots.executeBatch();
    waiting = 0;
  }

  @Override
  public void close() throws SQLException {
    events.close();
    tags.close();
    snapshots.close();
  }
}
