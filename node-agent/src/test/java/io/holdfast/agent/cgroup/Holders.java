package io.holdfast.agent.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The ways in which services can be held on this host, each by itself. */
public final class Holders {

  private Holders() {}

  /** Groups of version 2 alone, as on a host without version 1. */
  public static Cgroups version2(Path data) throws IOException {
    return Cgroups.of(name(data), new OwnGroups(own().unified(), Map.of()));
  }

  /** Groups of version 1 alone. */
  public static Cgroups version1(Path data) throws IOException {
    return Cgroups.of(name(data), new OwnGroups(java.util.Optional.empty(), own().byController()));
  }

  private static OwnGroups own() throws IOException {
    return OwnGroups.of(
        KernelFile.read(Path.of("/proc/self/mountinfo")),
        KernelFile.read(Path.of("/proc/self/cgroup")));
  }

  private static String name(Path data) {
    return "holdfast-test-" + data.getFileName();
  }
}
