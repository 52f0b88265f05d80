package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a data directory to one process; the kernel lets go when that process ends. */
final class DataLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DataLock.class);

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  static DataLock take(Path directory) throws CannotStart {
    if (directory.toString().contains(";")) {
      throw new CannotStart("the data directory " + directory + " must not contain a ';'");
    }
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new CannotStart("the data directory " + directory + " is in use by another process");
      }
      return new DataLock(channel);
    } catch (IOException e) {
      throw new CannotStart("the data directory " + directory + " cannot be used: " + word(e), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This very process holds it already, which is as much in use as any other way.
      return null;
    }
  }

  private static String word(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("the lock on the data directory could not be released: {}", e.getMessage());
    }
  }
}
