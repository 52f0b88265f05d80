package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.backup.BackupCount;
import io.holdfast.protocol.backup.BackupHead;
import io.holdfast.protocol.backup.BackupReader;
import io.holdfast.protocol.backup.UnfitBackup;
import io.holdfast.supervisor.backup.Restoring;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Makes a journal from a backup, where there is none and no supervisor runs. All of it or nothing,
 * whatever becomes of the process.
 */
public final class JournalRestore {

  /** What there is now. */
  public record Restored(BackupHead head, BackupCount count) {}

  private JournalRestore() {}

  /**
   * Restores {@code file}.
   *
   * @param data where the supervisor will keep its state
   */
  public static Restored restore(Path file, JournalSettings settings, Path data)
      throws CannotStart {
    try {
      // To its end before anything is touched.
      Restoring.check(file);
      try (BackupReader backup = BackupReader.open(file)) {
        into(settings, data, backup);
        return new Restored(backup.head(), backup.count());
      }
    } catch (UnfitBackup e) {
      throw new CannotStart(file + " cannot be restored: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CannotStart("there is no file " + e.getFile(), e);
    } catch (IOException | SQLException e) {
      throw new CannotStart("nothing was restored: " + Waiting.rootMessage(e), e);
    }
  }

  private static void into(JournalSettings settings, Path data, BackupReader backup)
      throws CannotStart, IOException, SQLException, UnfitBackup {
    switch (settings) {
      case JournalSettings.Embedded() -> {
        try (DataLock _ = DataLock.take(data)) {
          EmbeddedRestore.into(data, backup);
        }
      }
      case JournalSettings.Postgres postgres ->
          PostgresRestore.into(new PostgresSource(postgres), backup);
    }
  }
}
