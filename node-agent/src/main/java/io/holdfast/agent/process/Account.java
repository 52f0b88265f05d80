package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Makes a user the owner of a file, where that user exists and the agent may do so. */
  static void give(Path file, String user) throws IOException {
    Optional<Account> account = find(user).filter(found -> !found.isOwn());
    if (account.isPresent() && ownUid() == 0) {
      Files.setAttribute(file, "unix:uid", account.get().uid());
      Files.setAttribute(file, "unix:gid", account.get().gid());
    }
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
