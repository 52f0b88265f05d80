package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.holdfast.core.instance.ExitStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that cannot be mistaken for another: unlike its number, this handle is never reused.
 *
 * @param fd the pidfd; owned by whoever opened it, closed exactly once
 */
record Pidfd(int fd) {

  /** What comes of asking for a process by its number. */
  sealed interface Opening {

    record Opened(Pidfd process) implements Opening {}

    record NoSuchProcess() implements Opening {}

    /** Neither found nor known to be gone. */
    record Unclear(String why) implements Opening {}
  }

  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;
  private static final int P_PIDFD = 3;
  private static final int WEXITED_WNOHANG = 4 | 1;
  private static final long PIDFD_GET_INFO = 0xC040FF0BL;
  private static final int INFO_BYTES = 64;
  private static final long INFO_EXIT = 1 << 3;
  private static final long INFO_EXIT_CODE = 60;
  private static final int SIGINFO_BYTES = 128;

  private static final NativeCall SYSCALL =
      NativeCall.variadic(
          1, "syscall", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final NativeCall WAITID =
      NativeCall.of("waitid", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeCall IOCTL =
      NativeCall.variadic(2, "ioctl", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);

  static Opening open(long pid) {
    long fd = SYSCALL.call(PIDFD_OPEN, pid, 0L, 0L, 0L);
    if (fd >= 0) {
      return new Opening.Opened(new Pidfd((int) fd));
    }
    return fd == -Errno.ESRCH
        ? new Opening.NoSuchProcess()
        : new Opening.Unclear(Errno.text((int) -fd));
  }

  /** Like {@link #open}, for those to whom only a living process matters. */
  static Optional<Pidfd> find(long pid) {
    return open(pid) instanceof Opening.Opened(Pidfd process)
        ? Optional.of(process)
        : Optional.empty();
  }

  /** False when the process has ended already, or may not be signalled. */
  boolean signal(int number) {
    return SYSCALL.call(PIDFD_SEND_SIGNAL, (long) fd, (long) number, 0L, 0L) == 0;
  }

  boolean awaitEnd(Duration atMost) {
    return Fds.await(fd, Fds.POLLIN, atMost);
  }

  /** Waits until the process has been reaped, which kernels from 6.9 on tell. */
  boolean awaitReaped(Duration atMost) {
    return Fds.await(fd, (short) 0, atMost);
  }

  /** How the process ended, told to anyone by kernels from 6.15 on once it has been reaped. */
  Optional<ExitStatus> exitInfo() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, 8);
      info.set(JAVA_LONG, 0, INFO_EXIT);
      boolean told =
          IOCTL.call(fd, PIDFD_GET_INFO, info) == 0 && (info.get(JAVA_LONG, 0) & INFO_EXIT) != 0;
      return told
          ? Optional.of(WaitStatus.ofWord(info.get(JAVA_INT, INFO_EXIT_CODE)))
          : Optional.empty();
    }
  }

  /** Reaps a child that has ended; empty for one that has not, and for those of other parents. */
  Optional<ExitStatus> reap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
      boolean reaped =
          WAITID.call(P_PIDFD, fd, info, WEXITED_WNOHANG) == 0 && info.get(JAVA_INT, 16) != 0;
      return reaped
          ? Optional.of(WaitStatus.ofInfo(info.get(JAVA_INT, 8), info.get(JAVA_INT, 24)))
          : Optional.empty();
    }
  }

  void close() {
    Fds.close(fd);
  }
}
