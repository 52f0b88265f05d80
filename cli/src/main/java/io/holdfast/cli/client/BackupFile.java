package io.holdfast.cli.client;

import io.holdfast.cli.console.CommandFailed;
import io.holdfast.protocol.backup.BackupCount;
import io.holdfast.protocol.backup.BackupReader;
import io.holdfast.protocol.backup.UnfitBackup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is there when all of it is, checked and on disk, and readable by its owner only.
 *
 * <p>Until then it is beside it, as {@code FILE.part}.
 */
final class BackupFile {

  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final Path part;

  private BackupFile(Path file) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
  }

  static BackupFile at(Path file) {
    if (file.getFileName() == null || Files.isDirectory(file)) {
      throw new CommandFailed("'" + file + "' is not the name of a file");
    }
    return new BackupFile(file.toAbsolutePath());
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** All that comes, if it is a whole backup; otherwise nothing has changed. */
  BackupCount fill(InputStream backup) {
    try {
      return filled(backup);
    } catch (UnfitBackup e) {
      throw new CommandFailed("the supervisor did not send a whole backup: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CommandFailed("cannot write " + file + ": " + why(e), e);
    }
  }

  private BackupCount filled(InputStream backup) throws IOException, UnfitBackup {
    try {
      write(backup);
      BackupCount count = BackupReader.check(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
      return count;
    } finally {
      // Where it has become the file it is there no more.
      Files.deleteIfExists(part);
    }
  }

  private void write(InputStream backup) throws IOException {
    Files.deleteIfExists(part);
    try (FileChannel out =
            FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        Patience patience = Patience.with(backup)) {
      byte[] chunk = new byte[CHUNK];
      for (int read = read(backup, chunk); read >= 0; read = read(backup, chunk)) {
        patience.renew();
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    }
  }

  private static int read(InputStream backup, byte[] chunk) {
    try {
      return backup.read(chunk);
    } catch (IOException e) {
      throw new CommandFailed("the backup broke off and was not saved", e);
    }
  }

  private void syncDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(file.resolveSibling("."))) {
      directory.force(true);
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such directory";
      case AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
