package io.holdfast.cli.role;

import io.holdfast.core.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** This host's node id when none is given: its name, as far as a node id can hold it. */
public final class LocalNode {

  private static final int LONGEST = 63;
  private static final String NAMELESS = "local";

  private LocalNode() {}

  public static NodeId id() {
    return fromHostName(hostName().orElse(NAMELESS));
  }

  static NodeId fromHostName(String name) {
    String fitting =
        name.strip().replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return new NodeId(
        fitting.isEmpty() ? NAMELESS : fitting.substring(0, Math.min(LONGEST, fitting.length())));
  }

  /** Straight from the kernel: a look-up by the resolver can take seconds. */
  private static Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")));
    } catch (IOException _) {
      // Not a Linux kernel; the shell may know.
      return Optional.ofNullable(System.getenv("HOSTNAME"));
    }
  }
}
