package io.holdfast.agent.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One control group: a directory in one hierarchy. */
record Group(Path path, Version version) {

  private static final String KILL = "cgroup.kill";
  private static final String PROCESSES = "cgroup.procs";
  private static final String MOST_PROCESSES = "pids.max";

  /** Services may make groups within theirs; nobody does so deeper than this. */
  private static final int DEEPEST = 16;

  /** Of a directory without directories: its name, and its own ".". */
  private static final Integer NO_INNER = 2;

  static Group of(Path path) {
    boolean unified = Files.exists(path.resolve("cgroup.controllers"));
    return new Group(path, unified ? Version.V2 : Version.V1);
  }

  /**
   * Makes it where it is not there yet, and what it is in as well: systems tidy empty groups up.
   */
  Group made() throws IOException {
    Files.createDirectories(path);
    return this;
  }

  Group child(String name) {
    return new Group(path.resolve(name), version);
  }

  Path entrance() {
    return path.resolve(version.entrance());
  }

  boolean has(String file) {
    return Files.exists(path.resolve(file));
  }

  void set(String file, String value) throws IOException {
    KernelFile.write(path.resolve(file), value);
  }

  /** The number behind a word in a file of words and numbers. */
  OptionalLong count(String file, String word) {
    if (!has(file)) {
      return OptionalLong.empty();
    }
    try {
      return KernelFile.read(path.resolve(file))
          .lines()
          .map(line -> line.split(" ", -1))
          .filter(parts -> parts.length == 2 && parts[0].equals(word))
          .mapToLong(parts -> Long.parseLong(parts[1]))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      // Not every kernel tells it, and a group that is gone tells nothing.
      return OptionalLong.empty();
    }
  }

  /** Kills all that is in it and in groups within it, in one pass; true when nothing was found. */
  boolean kill(Killing killing) throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    boolean empty = true;
    for (Group each : withInner()) {
      empty &= each.killOwn(killing);
    }
    return empty;
  }

  /** False while something is in it. */
  boolean remove() throws IOException {
    try {
      for (Group each : withInner().reversed()) {
        Files.deleteIfExists(each.path);
      }
      return true;
    } catch (FileSystemException e) {
      return !Files.exists(path);
    }
  }

  private boolean killOwn(Killing killing) throws IOException {
    List<Long> members = members();
    if (members.isEmpty()) {
      return true;
    }
    if (has(KILL)) {
      set(KILL, "1");
      return false;
    }
    if (has(MOST_PROCESSES)) {
      // Whoever forks faster than it can be killed does so no longer.
      set(MOST_PROCESSES, "0");
    }
    members.forEach(pid -> killing.kill(pid, () -> members().contains(pid)));
    return false;
  }

  List<Long> members() {
    try {
      return KernelFile.read(path.resolve(PROCESSES))
          .lines()
          .filter(line -> !line.isBlank())
          .map(Long::valueOf)
          .toList();
    } catch (IOException | NumberFormatException e) {
      // It is gone, and with it all that was in it.
      return List.of();
    }
  }

  /** Outer ones first. */
  private List<Group> withInner() throws IOException {
    if (Files.getAttribute(path, "unix:nlink").equals(NO_INNER)) {
      return List.of(this);
    }
    try (Stream<Path> paths = Files.find(path, DEEPEST, (_, is) -> is.isDirectory())) {
      return paths.map(inner -> new Group(inner, version)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The names of the groups directly within it. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> inner = Files.newDirectoryStream(path, Files::isDirectory)) {
      inner.forEach(each -> names.add(each.getFileName().toString()));
    }
    return names;
  }
}
