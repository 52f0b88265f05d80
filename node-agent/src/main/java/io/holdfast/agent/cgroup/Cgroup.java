package io.holdfast.agent.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What holds one instance: the group by which it is killed, and on kernels with a hierarchy for
 * each kind of limit those that limit it.
 */
public final class Cgroup {

  private final Group first;
  private final List<Group> all;

  private Cgroup(List<Group> all) {
    this.first = all.getFirst();
    this.all = List.copyOf(all);
  }

  static Cgroup of(List<Group> groups) {
    return new Cgroup(groups);
  }

  /** The directories, that by which it is killed first. */
  public List<Path> paths() {
    return all.stream().map(Group::path).toList();
  }

  /** The files to which a process writes {@code 0} to join. */
  public List<Path> entrances() {
    return all.stream().map(Group::entrance).toList();
  }

  /** Kills all that is in it, in one pass; true when nothing was found. */
  public boolean kill(Killing killing) throws IOException {
    boolean empty = true;
    // In each: who was late to join one of them may be in another.
    for (Group group : all) {
      empty &= group.kill(killing);
    }
    return empty;
  }

  /** False while something is in it. */
  public boolean remove() throws IOException {
    boolean gone = true;
    for (Group group : all) {
      gone &= group.remove();
    }
    return gone;
  }

  /** True when the kernel has killed in it because memory ran out. */
  public boolean ranOutOfMemory() {
    return all.stream()
        .map(Cgroup::killsForMemory)
        .anyMatch(kills -> kills.isPresent() && kills.getAsLong() > 0);
  }

  private static OptionalLong killsForMemory(Group group) {
    return switch (group.version()) {
      case V1 -> group.count("memory.oom_control", "oom_kill");
      case V2 -> group.count("memory.events", "oom_kill");
    };
  }

  @Override
  public String toString() {
    return first.path().toString();
  }
}
