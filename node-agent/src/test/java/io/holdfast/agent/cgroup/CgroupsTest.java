package io.holdfast.agent.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On directories that look like the kernel's; {@code TreeTest} uses the kernel's. */
final class CgroupsTest {

  private static final Resources ALL =
      new Resources(OptionalLong.of(1L << 28), OptionalInt.of(500), OptionalInt.of(200));

  @TempDir Path root;

  @Test
  void withoutAnyHierarchyNothingIsHeldAndNothingLimited() {
    Cgroups none = Cgroups.of("holdfast-a", new OwnGroups(Optional.empty(), Map.of()));

    assertThat(none.attributes())
        .containsExactly(Map.entry("kill", "session"), Map.entry("limits", "none"));
    assertThat(none.create("web.0.1", ALL)).isEmpty();
  }

  @Test
  void inVersion2OneGroupDoesAll() throws IOException {
    Path part = version2("cpu memory pids");

    Cgroups groups = Cgroups.of("holdfast-a", new OwnGroups(Optional.of(root), Map.of()));

    assertThat(groups.attributes())
        .containsExactly(Map.entry("kill", "cgroup"), Map.entry("limits", "v2"));
    assertThat(groups.create("web.0.1", Resources.UNLIMITED))
        .map(Cgroup::paths)
        .contains(List.of(part.resolve("web.0.1")));
    assertThat(groups.create("web.0.1", Resources.UNLIMITED))
        .map(Cgroup::entrances)
        .contains(List.of(part.resolve("web.0.1/cgroup.procs")));
  }

  @Test
  void limitsAreWrittenAsVersion2WantsThem() throws IOException {
    Path part = version2("cpu memory pids");
    Path group = Files.createDirectory(part.resolve("web.0.1"));
    Files.writeString(group.resolve("memory.swap.max"), "max");
    Cgroups groups = Cgroups.of("holdfast-a", new OwnGroups(Optional.of(root), Map.of()));

    groups.create("web.0.1", ALL);

    assertThat(group.resolve("memory.max")).hasContent("268435456");
    assertThat(group.resolve("memory.swap.max")).hasContent("0");
    assertThat(group.resolve("cpu.max")).hasContent("50000 100000");
    assertThat(group.resolve("pids.max")).hasContent("200");
  }

  @Test
  void aLimitThatIsNotDelegatedIsLeftOut() throws IOException {
    Path part = version2("pids");
    Cgroups groups = Cgroups.of("holdfast-a", new OwnGroups(Optional.of(root), Map.of()));

    groups.create("web.0.1", ALL);

    assertThat(part.resolve("web.0.1/pids.max")).hasContent("200");
    assertThat(part.resolve("web.0.1/memory.max")).doesNotExist();
  }

  @Test
  void whatIsNotThisAgentsIsNotTakenForItsOwn() throws IOException {
    Path part = version2("");
    Path own = Files.createDirectory(part.resolve("web.0.1"));
    Path other = Files.createDirectories(root.resolve("holdfast-b/web.0.1"));
    Cgroups groups = Cgroups.of("holdfast-a", new OwnGroups(Optional.of(root), Map.of()));

    assertThat(groups.noted("web.0.1", List.of(own.toString()))).isPresent();
    assertThat(groups.noted("web.0.1", List.of(other.toString()))).isEmpty();
    assertThat(
            groups.noted(
                "web.0.1", List.of(part.toString(), "/", "", part + "/../holdfast-b/web.0.1")))
        .isEmpty();
    assertThat(groups.noted("web.1.2", List.of(own.toString()))).isEmpty();
    assertThat(groups.instances()).containsExactly("web.0.1");
  }

  @Test
  void aPartThatSomebodyHasTidiedUpIsMadeAgain() throws IOException {
    Files.writeString(root.resolve("cgroup.controllers"), "\n");
    Files.writeString(root.resolve("cgroup.procs"), "");
    Cgroups groups = Cgroups.of("holdfast-a", new OwnGroups(Optional.of(root), Map.of()));
    Files.delete(root.resolve("holdfast-a"));

    assertThat(groups.create("web.0.1", Resources.UNLIMITED)).isPresent();
    assertThat(root.resolve("holdfast-a/web.0.1")).isDirectory();
  }

  @Test
  void killsForMemoryAreCounted() throws IOException {
    Path part = version2("memory");
    Cgroups groups = Cgroups.of("holdfast-a", new OwnGroups(Optional.of(root), Map.of()));
    Cgroup group = groups.create("web.0.1", Resources.UNLIMITED).orElseThrow();
    Path events = part.resolve("web.0.1/memory.events");

    assertThat(group.ranOutOfMemory()).isFalse();
    Files.writeString(events, "low 0\noom 3\noom_kill 0\n");
    assertThat(group.ranOutOfMemory()).isFalse();
    Files.writeString(events, "low 0\noom 3\noom_kill 1\n");
    assertThat(group.ranOutOfMemory()).isTrue();
  }

  /** The agent's own part of a hierarchy that offers these controllers. */
  private Path version2(String controllers) throws IOException {
    Path part = Files.createDirectory(root.resolve("holdfast-a"));
    for (Path each : List.of(root, part)) {
      Files.writeString(each.resolve("cgroup.controllers"), controllers + "\n");
      Files.writeString(each.resolve("cgroup.subtree_control"), "\n");
      Files.writeString(each.resolve("cgroup.procs"), "");
    }
    return part;
  }
}
