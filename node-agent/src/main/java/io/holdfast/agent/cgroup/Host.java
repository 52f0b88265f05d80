package io.holdfast.agent.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which hierarchies of this host the agent may use, and makes its own part in each.
 *
 * <p>Within the group that the agent is in itself: what limits the agent limits its services too,
 * and only there a user other than root may be allowed to make groups.
 */
final class Host {

  private static final Logger LOG = LoggerFactory.getLogger(Host.class);
  private static final String CONTROLLERS = "cgroup.controllers";

  /** The root alone has none. */
  private static final String TYPE = "cgroup.type";

  private static final String AGENT = "holdfast-agent";
  private static final String ENABLED = "cgroup.subtree_control";

  private final String name;
  private final OwnGroups own;
  private final Map<Path, Optional<Group>> parts = new HashMap<>();

  Host(String name, OwnGroups own) {
    this.name = name;
    this.own = own;
  }

  /**
   * The part in which services are killed.
   *
   * <p>That of {@code pids} where version 1 has it, since processes get into it faster; version 2
   * everywhere else.
   */
  Optional<Group> killing() {
    return version1(Limit.PROCESSES)
        .or(() -> own.unified().flatMap(this::part))
        .or(
            () ->
                Stream.of(Limit.MEMORY, Limit.CPU).flatMap(l -> version1(l).stream()).findFirst());
  }

  /** The parts in which things can be limited. */
  Map<Limit, Group> limiting() {
    Map<Limit, Group> limiting = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      version1(limit).or(() -> version2(limit)).ifPresent(part -> limiting.put(limit, part));
    }
    return limiting;
  }

  private Optional<Group> version1(Limit limit) {
    return Optional.ofNullable(own.byController().get(limit.controller())).flatMap(this::part);
  }

  private Optional<Group> version2(Limit limit) {
    return own.unified()
        .filter(outer -> part(outer).isPresent())
        .filter(outer -> enable(limit, new Group(outer, Version.V2)))
        .flatMap(this::part)
        .filter(part -> enable(limit, part));
  }

  private Optional<Group> part(Path outer) {
    return parts.computeIfAbsent(outer, this::make);
  }

  private Optional<Group> make(Path outer) {
    Group around = Group.of(outer);
    try {
      if (!Files.isWritable(around.entrance())) {
        return Optional.empty();
      }
      return Optional.of(around.child(name).made());
    } catch (IOException e) {
      LOG.debug("No groups can be made in {}", outer, e);
      return Optional.empty();
    }
  }

  /** True when groups within {@code group} can be limited in this way. */
  private static boolean enable(Limit limit, Group group) {
    try {
      if (lists(group, ENABLED, limit)) {
        return true;
      }
      if (!lists(group, CONTROLLERS, limit)) {
        return false;
      }
      makeRoom(group);
      group.set(ENABLED, "+" + limit.controller());
      return true;
    } catch (IOException e) {
      LOG.debug("{} cannot be limited within {}", limit, group.path(), e);
      return false;
    }
  }

  /**
   * Moves the agent itself one group down where it is alone: apart from the root no group of
   * version 2 can have both, processes and limits for groups within it.
   */
  private static void makeRoom(Group group) throws IOException {
    long self = ProcessHandle.current().pid();
    if (group.has(TYPE) && group.members().equals(List.of(self))) {
      group.child(AGENT).made().set(Version.V2.entrance(), Long.toString(self));
    }
  }

  private static boolean lists(Group group, String file, Limit limit) throws IOException {
    return List.of(KernelFile.read(group.path().resolve(file)).strip().split(" ", -1))
        .contains(limit.controller());
  }
}
