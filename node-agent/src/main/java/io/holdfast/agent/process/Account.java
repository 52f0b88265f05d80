package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** A user of this host. */
record Account(String name, int uid, int gid, String home) {

  private static final long PASSWD_BYTES = 48;
  private static final long LONGEST_PATH = 4096;
  private static final NativeCall GETPWNAM = NativeCall.of("getpwnam", JAVA_LONG, ADDRESS);
  private static final NativeCall GETEUID = NativeCall.of("geteuid", JAVA_INT);

  /** Empty when the host has no such user. */
  @SuppressWarnings("restricted")
  static synchronized Optional<Account> find(String name) {
    // The library keeps one result for all callers, hence synchronized.
    try (Arena arena = Arena.ofConfined()) {
      long address = GETPWNAM.call(arena.allocateFrom(name));
      if (address <= 0) {
        return Optional.empty();
      }
      MemorySegment entry = MemorySegment.ofAddress(address).reinterpret(PASSWD_BYTES);
      String home = entry.get(ADDRESS, 32).reinterpret(LONGEST_PATH).getString(0);
      return Optional.of(new Account(name, entry.get(JAVA_INT, 16), entry.get(JAVA_INT, 20), home));
    }
  }

  static int ownUid() {
    return (int) GETEUID.call();
  }

  boolean isOwn() {
    return uid == ownUid();
  }

  /** What makes {@code setpriv} run a program as this user, with no way back. */
  List<String> switching(String setpriv) {
    return List.of(
        setpriv, "--reuid=" + uid, "--regid=" + gid, "--init-groups", "--no-new-privs", "--");
  }
}
