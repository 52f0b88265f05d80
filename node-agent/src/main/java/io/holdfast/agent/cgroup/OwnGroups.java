package io.holdfast.agent.cgroup;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups that a process is in itself, as directories.
 *
 * @param unified its group of version 2
 * @param byController its groups of version 1, such as that of {@code memory}
 */
record OwnGroups(Optional<Path> unified, Map<String, Path> byController) {

  private static final String UNIFIED = "";
  private static final String SEPARATOR = " - ";
  private static final int ROOT = 3;
  private static final int MOUNT_POINT = 4;

  /**
   * Reads what the kernel says.
   *
   * @param mounts as in {@code /proc/self/mountinfo}
   * @param membership as in {@code /proc/self/cgroup}
   */
  static OwnGroups of(String mounts, String membership) {
    Map<String, String> member = new HashMap<>();
    for (String line : membership.lines().toList()) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        List.of(parts[1].split(",", -1)).forEach(name -> member.put(name, parts[2]));
      }
    }
    Map<String, Path> found = new HashMap<>();
    for (String line : mounts.lines().toList()) {
      read(line, member, found);
    }
    Optional<Path> unified = Optional.ofNullable(found.remove(UNIFIED));
    return new OwnGroups(unified, Map.copyOf(found));
  }

  private static void read(String mount, Map<String, String> member, Map<String, Path> found) {
    int separator = mount.indexOf(SEPARATOR);
    if (separator < 0) {
      return;
    }
    String[] place = mount.split(" ", -1);
    String[] what = mount.substring(separator + SEPARATOR.length()).split(" ", -1);
    if (place.length <= MOUNT_POINT || what.length < 3) {
      return;
    }
    List<String> names =
        switch (what[0]) {
          case "cgroup2" -> List.of(UNIFIED);
          case "cgroup" -> List.of(what[2].split(",", -1));
          default -> List.of();
        };
    for (String name : names) {
      Optional.ofNullable(member.get(name))
          .flatMap(group -> within(place[ROOT], group))
          .ifPresent(inner -> found.putIfAbsent(name, Path.of(place[MOUNT_POINT] + inner)));
    }
  }

  /** A mount may show a part of the hierarchy only, and a process may be outside of it. */
  private static Optional<String> within(String root, String group) {
    if (root.equals("/")) {
      return Optional.of(group.equals("/") ? "" : group);
    }
    return group.equals(root) || group.startsWith(root + "/")
        ? Optional.of(group.substring(root.length()))
        : Optional.empty();
  }
}
