package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** Why a call of the system failed, by number. The same numbers on x86-64 and aarch64. */
final class Errno {

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;
  static final int ENOSYS = 38;
  static final int EOPNOTSUPP = 95;

  private Errno() {}

  /** The system's own words; of those that need no native call, what every system says. */
  static String text(int errno) {
    return switch (errno) {
      case EPERM -> "Operation not permitted";
      case ENOENT -> "No such file or directory";
      case EACCES -> "Permission denied";
      case ENOTDIR -> "Not a directory";
      default -> Words.of(errno);
    };
  }

  /** Apart, so that the numbers can be used where the library cannot. */
  private static final class Words {

    private static final int LONGEST = 256;
    private static final NativeCall STRERROR = NativeCall.of("strerror", JAVA_LONG, JAVA_INT);

    private Words() {}

    @SuppressWarnings("restricted")
    static String of(int errno) {
      return MemorySegment.ofAddress(STRERROR.call(errno)).reinterpret(LONGEST).getString(0);
    }
  }
}
