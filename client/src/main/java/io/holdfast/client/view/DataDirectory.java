package io.holdfast.client.view;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A directory that one process at a time may use; the kernel frees it when the process ends. */
public final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /** Makes the directory if need be and locks it. */
  public static DataDirectory open(Path path) throws CannotStart {
    FileChannel lockFile = lockFile(path);
    try {
      if (lock(lockFile).isPresent()) {
        return new DataDirectory(path, lockFile);
      }
      lockFile.close();
    } catch (IOException e) {
      throw new CannotStart("cannot lock the data directory " + path + ": " + e.getMessage(), e);
    }
    throw new CannotStart("the data directory " + path + " is in use by another process");
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private static FileChannel lockFile(Path path) throws CannotStart {
    try {
      Files.createDirectories(path);
      return FileChannel.open(
          path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CannotStart("cannot use " + path + " as the data directory: " + e.getMessage(), e);
    }
  }

  private static Optional<FileLock> lock(FileChannel lockFile) throws IOException {
    try {
      return Optional.ofNullable(lockFile.tryLock());
    } catch (OverlappingFileLockException e) {
      // Held by this very JVM, which is as taken as held by another.
      return Optional.empty();
    }
  }
}
