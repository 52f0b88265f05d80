package io.holdfast.agent.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a service sends its notices. The kernel has room for 107 bytes only: a directory that is
 * deeper than that is answered with a name that stands in no directory, made from its path.
 *
 * @param file absent for such a name
 * @param text as {@code NOTIFY_SOCKET} has it
 */
record NotifyAddress(Optional<Path> file, String text) {

  private static final int LONGEST = 107;
  private static final int DIGEST_BYTES = 16;

  /** The same for every agent that is told the same directory. */
  static NotifyAddress in(Path directory) {
    Path file = directory.resolve("notify").toAbsolutePath();
    return file.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST
        ? new NotifyAddress(Optional.of(file), file.toString())
        : new NotifyAddress(Optional.empty(), "@holdfast/" + digest(file.toString()));
  }

  /** As the kernel has it: the name, which ends with a zero or begins with one. */
  byte[] name() {
    byte[] name = (text + (file.isPresent() ? "\0" : "")).getBytes(StandardCharsets.UTF_8);
    if (file.isEmpty()) {
      name[0] = 0;
    }
    return name;
  }

  private static String digest(String text) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(whole, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
