package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A datagram socket on which one service says how it is; the kernel says who sent each datagram.
 *
 * <p>Descriptors that come with a datagram are closed at once, by the kernel, since there is no
 * room for them. That is also what those wait for who send one to learn that they have been heard.
 */
final class NotifySocket {

  /**
   * A datagram.
   *
   * @param pid of its sender; 0 where this host has no number for it
   */
  record Datagram(String text, long pid, int uid) {}

  private static final int AF_UNIX = 1;
  private static final int DATAGRAM_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PASSCRED = 16;
  private static final int SCM_CREDENTIALS = 2;
  private static final int TRUNCATED = 0x20;

  // struct msghdr and struct cmsghdr of 64-bit Linux.
  private static final int HEADER_BYTES = 56;
  private static final int CONTROL_BYTES = 32;
  private static final int LARGEST = 4096;
  private static final int FAMILY_BYTES = 2;
  private static final int INT_BYTES = 4;

  private static final NativeCall SOCKET =
      NativeCall.of("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final NativeCall OPTION =
      NativeCall.of("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeCall BIND =
      NativeCall.of("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeCall RECEIVE =
      NativeCall.of("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

  private final int fd;

  private NotifySocket(int fd) {
    this.fd = fd;
  }

  /** Takes over the address from an earlier agent; only {@code user} may send to it. */
  static NotifySocket bind(NotifyAddress address, Optional<String> user) throws IOException {
    int fd = Fds.check("socket", SOCKET.call(AF_UNIX, DATAGRAM_CLOEXEC_NONBLOCK, 0));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment yes = arena.allocateFrom(JAVA_INT, 1);
      Fds.check("setsockopt", OPTION.call(fd, SOL_SOCKET, SO_PASSCRED, yes, INT_BYTES));
      if (address.file().isPresent()) {
        Files.deleteIfExists(address.file().get());
      }
      MemorySegment name = name(arena, address);
      Fds.check("bind " + address.text(), BIND.call(fd, name, (int) name.byteSize()));
      if (address.file().isPresent()) {
        give(address.file().get(), user);
      }
      return new NotifySocket(fd);
    } catch (IOException e) {
      Fds.close(fd);
      throw e;
    }
  }

  int fd() {
    return fd;
  }

  /** The next datagram that is waiting; of one that is too long the sender alone. */
  Optional<Datagram> receive() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(LARGEST);
      MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
      MemorySegment header = header(arena, data, control);
      long count = RECEIVE.call(fd, header, 0);
      if (count < 0) {
        return Optional.empty();
      }
      boolean whole = (header.get(JAVA_INT, 48) & TRUNCATED) == 0;
      byte[] text = data.asSlice(0, whole ? count : 0).toArray(JAVA_BYTE);
      boolean known =
          header.get(JAVA_LONG, 40) > 0
              && control.get(JAVA_INT, 8) == SOL_SOCKET
              && control.get(JAVA_INT, 12) == SCM_CREDENTIALS;
      return Optional.of(
          new Datagram(
              new String(text, StandardCharsets.UTF_8),
              known ? control.get(JAVA_INT, 16) : 0,
              known ? control.get(JAVA_INT, 20) : -1));
    }
  }

  void close() {
    Fds.close(fd);
  }

  private static void give(Path file, Optional<String> user) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    if (user.isPresent()) {
      Account.give(file, user.get());
    }
  }

  private static MemorySegment name(Arena arena, NotifyAddress address) {
    byte[] name = address.name();
    MemorySegment segment = arena.allocate((long) FAMILY_BYTES + name.length, 2);
    segment.set(JAVA_SHORT, 0, (short) AF_UNIX);
    segment.asSlice(FAMILY_BYTES).copyFrom(MemorySegment.ofArray(name));
    return segment;
  }

  private static MemorySegment header(Arena arena, MemorySegment data, MemorySegment control) {
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(ADDRESS, 0, data);
    vector.set(JAVA_LONG, 8, data.byteSize());
    MemorySegment header = arena.allocate(HEADER_BYTES, 8);
    header.set(ADDRESS, 16, vector);
    header.set(JAVA_LONG, 24, 1);
    header.set(ADDRESS, 32, control);
    header.set(JAVA_LONG, 40, control.byteSize());
    return header;
  }
}
