package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.backup.BackupReader;
import io.holdfast.protocol.backup.UnfitBackup;
import io.holdfast.supervisor.backup.Restoring;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Fills an empty journal in PostgreSQL from a backup, in one transaction. */
final class PostgresRestore {

  private static final String NAME = "holdfast restore";
  private static final int ANSWER_SECONDS = 60;

  /** Whoever else would write waits until this has ended, and then finds what is there. */
  private static final String LOCK = "lock table event_journal, snapshot in exclusive mode";

  /**
   * The server plans how it checks that a tag's event is there while there are few, which without
   * this takes a look at all of them for each tag.
   */
  private static final String BY_INDEX = "set local enable_seqscan = off";

  private static final String LAST =
      "select setval(pg_get_serial_sequence('event_journal', 'ordering'), ?)";

  private PostgresRestore() {}

  static void into(PostgresSource source, BackupReader backup)
      throws CannotStart, IOException, SQLException, UnfitBackup {
    try (Connection journal = source.connect(NAME, ANSWER_SECONDS)) {
      // Before the claim, which a supervisor that has just lost its own takes for its end.
      requireEmpty(source, journal);
      try (PostgresClaim _ = PostgresClaim.take(source, Seeds.NONE)) {
        journal.setAutoCommit(false);
        try (Statement statement = journal.createStatement()) {
          statement.execute(LOCK);
          statement.execute(BY_INDEX);
        }
        requireEmpty(source, journal);
        new PostgresRegister(journal).renew();
        number(journal, Restoring.into(journal, backup, Instant.now()));
        journal.commit();
      }
    }
  }

  private static void requireEmpty(PostgresSource source, Connection journal)
      throws CannotStart, SQLException {
    if (PostgresTables.hold(journal)) {
      throw new CannotStart(
          "there is a journal in " + source.place() + " already; restore into another database");
    }
  }

  private static void number(Connection journal, long last) throws SQLException {
    try (PreparedStatement set = journal.prepareStatement(LAST)) {
      set.setLong(1, last);
      set.executeQuery().close();
    }
  }
}
