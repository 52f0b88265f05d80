package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** File descriptors that Java's own files cannot give. All are closed on exec. */
final class Fds {

  static final short POLLIN = 1;

  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0x40;
  private static final int O_CLOEXEC = 0x80000;
  private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
  private static final int LONGEST_LINE = 4096;

  private static final NativeCall OPEN =
      NativeCall.variadic(2, "open", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final NativeCall CLOSE = NativeCall.of("close", JAVA_INT, JAVA_INT);
  private static final NativeCall READ =
      NativeCall.of("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final NativeCall PIPE2 = NativeCall.of("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeCall FLOCK = NativeCall.of("flock", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final NativeCall POLL =
      NativeCall.of("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

  private Fds() {}

  /** The two ends of a pipe. */
  record Pipe(int readEnd, int writeEnd) {}

  static Pipe pipe() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(8, 4);
      check("pipe", PIPE2.call(ends, O_CLOEXEC));
      return new Pipe(ends.get(JAVA_INT, 0), ends.get(JAVA_INT, 4));
    }
  }

  /**
   * Opens and locks {@code file} for as long as this descriptor, or a copy that a child inherits,
   * is open anywhere; empty when another one holds it.
   */
  static Optional<Integer> lock(Path file) throws IOException {
    int fd = open(file);
    long locked = FLOCK.call(fd, LOCK_EXCLUSIVE_NOW);
    if (locked == 0) {
      return Optional.of(fd);
    }
    close(fd);
    if (locked == -Errno.EAGAIN) {
      return Optional.empty();
    }
    throw failure("flock", locked);
  }

  static void close(int fd) {
    // There is nothing to be done about a failing close; the descriptor is gone in any case.
    CLOSE.call(fd);
  }

  /** Waits until {@code fd} shows one of {@code events}, or has hung up; false when too late. */
  static boolean await(int fd, short events, Duration atMost) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      long end = System.nanoTime() + atMost.toNanos();
      while (true) {
        poll.set(JAVA_INT, 0, fd);
        poll.set(JAVA_SHORT, 4, events);
        long left = Math.max(0, end - System.nanoTime());
        long ready = POLL.call(poll, 1L, (int) ((left + 999_999) / 1_000_000));
        if (ready != -Errno.EINTR) {
          return ready > 0;
        }
      }
    }
  }

  /** The next line from a pipe, without its end; empty when the other end is closed. */
  static Optional<String> line(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(LONGEST_LINE);
      long count;
      do {
        count = READ.call(fd, buffer, (long) LONGEST_LINE);
      } while (count == -Errno.EINTR);
      // Both writers of such lines write each with one call, far below a pipe's atomic size.
      return count <= 0
          ? Optional.empty()
          : new String(
                  buffer.asSlice(0, count).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                  StandardCharsets.UTF_8)
              .lines()
              .findFirst();
    }
  }

  static int check(String what, long result) throws IOException {
    if (result < 0) {
      throw failure(what, result);
    }
    return (int) result;
  }

  private static int open(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file.toString());
      return check("open " + file, OPEN.call(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    }
  }

  private static IOException failure(String what, long result) {
    return new IOException(Errno.text((int) -result) + ": " + what);
  }
}
