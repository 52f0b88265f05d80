package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * Gives the room of a part of a file back to the file system, while others write to that file.
 *
 * <p>Every byte keeps its offset and the file its size: neither a writer that appends nor a reader
 * that knows where it is notices. (Collapsing the range would keep the size small as well, but move
 * every offset, on two file systems only.)
 */
public final class Holes {

  private static final int O_WRONLY = 1;
  private static final int O_CLOEXEC = 0x80000;
  private static final int PUNCH_HOLE_KEEP_SIZE = 0x02 | 0x01;

  /** Apart, so that a host without them is told from one with them when they are first used. */
  private static final class Calls {

    static final NativeCall OPEN = NativeCall.variadic(2, "open", JAVA_INT, ADDRESS, JAVA_INT);
    static final NativeCall FALLOCATE =
        NativeCall.of("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);

    private Calls() {}
  }

  private Holes() {}

  /**
   * What is read between {@code from} and {@code to} is zeros from now on.
   *
   * @return false when the file system or the C library cannot do that
   */
  public static boolean punch(Path file, long from, long to) throws IOException {
    try {
      return punched(file, from, to);
    } catch (LinkageError e) {
      // No such call here: to the caller that is as good as a file system without holes.
      return false;
    }
  }

  private static boolean punched(Path file, long from, long to) throws IOException {
    int fd = open(file);
    try {
      long result;
      do {
        result = Calls.FALLOCATE.call(fd, PUNCH_HOLE_KEEP_SIZE, from, to - from);
      } while (result == -Errno.EINTR);
      if (result == -Errno.EOPNOTSUPP || result == -Errno.ENOSYS) {
        return false;
      }
      Fds.check("fallocate " + file, result);
      return true;
    } finally {
      Fds.close(fd);
    }
  }

  private static int open(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long fd = Calls.OPEN.call(arena.allocateFrom(file.toString()), O_WRONLY | O_CLOEXEC);
      return Fds.check("open " + file, fd);
    }
  }
}
