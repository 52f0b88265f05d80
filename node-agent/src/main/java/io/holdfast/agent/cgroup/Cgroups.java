package io.holdfast.agent.cgroup;

import io.holdfast.core.spec.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of one agent's instances, in a part of each hierarchy that is its own. */
public final class Cgroups {

  private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
  private static final int NAME_BYTES = 8;

  private final String name;
  private final Optional<Group> killing;
  private final Map<Limit, Group> limiting;
  private final Set<Limit> missed = EnumSet.noneOf(Limit.class);

  private Cgroups(String name, Optional<Group> killing, Map<Limit, Group> limiting) {
    this.name = name;
    this.killing = killing;
    this.limiting = new EnumMap<>(Limit.class);
    this.limiting.putAll(limiting);
  }

  /** No groups, for whatever reason. */
  public static Cgroups none() {
    return new Cgroups("", Optional.empty(), Map.of());
  }

  /**
   * What this host has for the agent of a data directory; said once in the log.
   *
   * @param data exists
   */
  public static Cgroups find(Path data) {
    Cgroups found = none();
    try {
      OwnGroups own =
          OwnGroups.of(
              KernelFile.read(Path.of("/proc/self/mountinfo")),
              KernelFile.read(Path.of("/proc/self/cgroup")));
      found = of(name(data), own);
    } catch (IOException e) {
      LOG.debug("This kernel shows no control groups", e);
    }
    LOG.info("{}", found.described());
    return found;
  }

  static Cgroups of(String name, OwnGroups own) {
    Host host = new Host(name, own);
    Optional<Group> killing = host.killing();
    return new Cgroups(name, killing, killing.isPresent() ? host.limiting() : Map.of());
  }

  /** What placement and people may want to know of this host. */
  public Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("kill", killing.isPresent() ? "cgroup" : "session");
    attributes.put("limits", limits());
    return attributes;
  }

  /**
   * Makes the groups of one instance, limited as far as the host can; none where it has none. What
   * goes wrong is said in the log and left out: a service that runs with less care is better than
   * one that does not run.
   *
   * @param instance a name without slashes, unique for the agent
   */
  public Optional<Cgroup> create(String instance, Resources resources) {
    warn(resources);
    Set<Group> groups = new LinkedHashSet<>();
    killing.flatMap(part -> made(part, instance)).ifPresent(groups::add);
    limiting.forEach(
        (limit, part) -> limited(limit, part, instance, resources).ifPresent(groups::add));
    return groups.isEmpty() ? Optional.empty() : Optional.of(Cgroup.of(List.copyOf(groups)));
  }

  private static Optional<Group> made(Group part, String instance) {
    try {
      return Optional.of(part.child(instance).made());
    } catch (IOException e) {
      LOG.warn("There is no control group for {} in {}: {}", instance, part.path(), e.toString());
      return Optional.empty();
    }
  }

  private static Optional<Group> limited(
      Limit limit, Group part, String instance, Resources resources) {
    OptionalLong amount = limit.of(resources);
    if (amount.isEmpty()) {
      return Optional.empty();
    }
    Optional<Group> made = made(part, instance);
    made.ifPresent(
        group -> {
          try {
            limit.apply(amount.getAsLong(), group);
          } catch (IOException e) {
            LOG.warn("{} runs without its limit of {}: {}", instance, limit.word(), e.toString());
          }
        });
    return made;
  }

  /** The groups that were noted for an instance; none that are not its own. */
  public Optional<Cgroup> noted(String instance, List<String> paths) {
    List<Group> groups = new ArrayList<>();
    for (String text : paths) {
      own(instance, text).filter(Files::isDirectory).map(Group::of).ifPresent(groups::add);
    }
    return groups.isEmpty() ? Optional.empty() : Optional.of(Cgroup.of(groups));
  }

  /** False when something else than the groups of an instance was noted for it. */
  public boolean canBe(String instance, List<String> paths) {
    return name.isEmpty()
        || (!paths.isEmpty() && paths.stream().allMatch(text -> own(instance, text).isPresent()));
  }

  private Optional<Path> own(String instance, String text) {
    try {
      return Optional.of(Path.of(text)).filter(path -> isOwn(path) && path.endsWith(instance));
    } catch (InvalidPathException e) {
      // A note that is damaged names no group.
      return Optional.empty();
    }
  }

  private boolean isOwn(Path path) {
    return !name.isEmpty()
        && path.normalize().equals(path)
        && Optional.ofNullable(path.getParent()).filter(part -> part.endsWith(name)).isPresent();
  }

  /** The instances of which groups are left. */
  public Set<String> instances() {
    Set<String> names = new LinkedHashSet<>();
    for (Group part : parts()) {
      try {
        names.addAll(part.names());
      } catch (IOException e) {
        LOG.warn("The groups in {} cannot be listed: {}", part.path(), e.toString());
      }
    }
    return names;
  }

  /** The groups of an instance, found by its name. */
  public Optional<Cgroup> find(String instance) {
    List<Group> groups =
        parts().stream()
            .map(part -> part.child(instance))
            .filter(group -> Files.isDirectory(group.path()))
            .toList();
    return groups.isEmpty() ? Optional.empty() : Optional.of(Cgroup.of(groups));
  }

  /** Removes what is empty, when the agent ends. */
  public void close() {
    for (Group part : parts()) {
      try {
        Files.deleteIfExists(part.path());
      } catch (IOException e) {
        LOG.debug("{} is still in use", part.path(), e);
      }
    }
  }

  private Set<Group> parts() {
    Set<Group> parts = new LinkedHashSet<>();
    killing.ifPresent(parts::add);
    parts.addAll(limiting.values());
    return parts;
  }

  /** Once for each kind: whoever asks for what this host cannot do is served without it. */
  private synchronized void warn(Resources resources) {
    for (Limit limit : Limit.values()) {
      if (limit.of(resources).isPresent() && !limiting.containsKey(limit) && missed.add(limit)) {
        LOG.warn(
            "This host cannot limit {} ({}); services that ask for it run without that limit",
            limit.word(),
            described());
      }
    }
  }

  private String limits() {
    return limiting.values().stream()
        .map(group -> group.version().name().toLowerCase(Locale.ROOT))
        .sorted()
        .findFirst()
        .orElse("none");
  }

  private String described() {
    return killing
        .map(
            part ->
                "Services are held by control groups in "
                    + part.path()
                    + (limiting.isEmpty() ? ", without limits" : ", limits: " + limited()))
        .orElse(
            "Services are held by their sessions and by a mark in their environment, without"
                + " limits: the agent may make no control groups");
  }

  private String limited() {
    return limiting.keySet().stream().map(Limit::word).collect(Collectors.joining(", "));
  }

  /** The same for every agent of a data directory, and for no other directory's. */
  private static String name(Path data) throws IOException {
    Path real = data.toRealPath();
    Object file = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((real + " " + file).getBytes(StandardCharsets.UTF_8));
      return "holdfast-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
