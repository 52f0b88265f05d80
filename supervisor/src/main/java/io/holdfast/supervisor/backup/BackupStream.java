package io.holdfast.supervisor.backup;

import com.google.protobuf.ByteString;
import io.holdfast.protocol.backup.BackupHead;
import io.holdfast.protocol.backup.BackupRow;
import io.holdfast.protocol.backup.BackupWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A backup as it is made: some lines whenever they are asked for. Its connection is closed with it,
 * and so is its transaction.
 */
public final class BackupStream implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final Connection connection;
  private final JournalReading journal;
  private final BackupWriter lines = new BackupWriter();
  private ByteString begun;
  private boolean ended;

  private BackupStream(Connection connection, BackupHead head) throws SQLException {
    this.connection = connection;
    this.journal = new JournalReading(connection);
    this.begun = lines.head(head).concat(row(journal.next()));
  }

  /**
   * Begins with the first event, which fixes the moment that is shown.
   *
   * @param connection has begun a transaction that shows one moment
   */
  public static BackupStream of(Connection connection, BackupHead head) throws SQLException {
    return new BackupStream(connection, head);
  }

  /** The next lines; empty behind the last one. */
  public Optional<ByteString> next() throws SQLException {
    if (ended && begun.isEmpty()) {
      return Optional.empty();
    }
    ByteString chunk = begun;
    begun = ByteString.EMPTY;
    while (!ended && chunk.size() < CHUNK) {
      chunk = chunk.concat(row(journal.next()));
    }
    return Optional.of(chunk);
  }

  private ByteString row(Optional<BackupRow> row) {
    ended = row.isEmpty();
    return row.map(lines::row).orElseGet(lines::end);
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      journal.close();
      connection.rollback();
    }
  }
}
