package io.holdfast.agent;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a data directory to one agent; the kernel gives it back when that agent dies. */
final class DataLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DataLock.class);

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  static DataLock take(Path data) throws CannotStart {
    try {
      Files.createDirectories(data);
      FileChannel channel =
          FileChannel.open(
              data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        throw new CannotStart("The data directory " + data + " is in use by another process");
      }
      return new DataLock(channel);
    } catch (IOException e) {
      throw new CannotStart("The data directory " + data + " cannot be used: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("The data directory's lock could not be closed", e);
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      // By this very process, which the kernel would allow.
      return true;
    }
  }
}
