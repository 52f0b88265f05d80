package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.backup.BackupReader;
import io.holdfast.protocol.backup.UnfitBackup;
import io.holdfast.supervisor.backup.Restoring;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * Makes the embedded journal of a data directory from a backup. It is made under another name and
 * takes its place when it is complete and on disk; until then there is none.
 */
final class EmbeddedRestore {

  private static final String OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;DATABASE_TO_UPPER=false";
  private static final String UNFINISHED = "journal.restoring";
  private static final String SUFFIX = ".mv.db";

  private final Path directory;

  private EmbeddedRestore(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** The caller holds the directory's lock. */
  static void into(Path directory, BackupReader backup)
      throws CannotStart, IOException, SQLException, UnfitBackup {
    EmbeddedRestore restore = new EmbeddedRestore(directory);
    restore.requireEmpty();
    discardUnfinished(directory.resolve("journal"));
    try {
      restore.build(backup);
      restore.place();
    } finally {
      discardUnfinished(directory.resolve("journal"));
    }
  }

  /** What a restore that was killed has left beside the journal. */
  static void discardUnfinished(Path journal) throws IOException {
    Files.deleteIfExists(journal.resolveSibling(UNFINISHED + SUFFIX));
  }

  private void requireEmpty() throws CannotStart, SQLException {
    Path file = directory.resolve("journal" + SUFFIX);
    if (!Files.exists(file)) {
      return;
    }
    try (Connection journal = connect("journal", ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r");
        Statement statement = journal.createStatement()) {
      boolean holds = EmbeddedTables.hold(journal);
      // It asks to stay open, and whoever opens it next in this process may want to write.
      statement.execute("SHUTDOWN IMMEDIATELY");
      if (holds) {
        throw new CannotStart(
            "there is a journal in " + directory + " already; restore into another directory");
      }
    }
  }

  private void build(BackupReader backup) throws IOException, SQLException, UnfitBackup {
    try (Connection journal = connect(UNFINISHED, "");
        Statement statement = journal.createStatement()) {
      try {
        EmbeddedTables.prepare(journal);
        journal.setAutoCommit(false);
        long last = Restoring.into(journal, backup, Instant.now());
        journal.commit();
        statement.execute(
            "alter table event_journal alter column ordering restart with " + (last + 1));
        statement.execute("SHUTDOWN");
      } catch (IOException | SQLException | UnfitBackup | RuntimeException e) {
        statement.execute("SHUTDOWN IMMEDIATELY");
        throw e;
      }
    }
  }

  private void place() throws IOException {
    Path made = directory.resolve(UNFINISHED + SUFFIX);
    sync(made, StandardOpenOption.WRITE);
    Files.move(
        made,
        directory.resolve("journal" + SUFFIX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    sync(directory, StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private Connection connect(String name, String more) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + directory.resolve(name) + OPTIONS + more, EmbeddedJournal.USER, "");
  }
}
