package io.holdfast.agent.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OwnGroupsTest {

  @Test
  void aHostWithOneHierarchyHasOneGroup() {
    assertThat(
            OwnGroups.of(
                "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n",
                "0::/system.slice/holdfast.service\n"))
        .isEqualTo(
            new OwnGroups(
                Optional.of(Path.of("/sys/fs/cgroup/system.slice/holdfast.service")), Map.of()));
  }

  @Test
  void aHostWithBothHasOneOfEach() {
    String mounts =
        """
        31 30 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
        32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
        33 30 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        34 30 0:30 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd
        35 30 0:31 / /proc rw - proc proc rw
        """;

    OwnGroups own = OwnGroups.of(mounts, "3:memory:/a\n2:cpu,cpuacct:/\n1:name=systemd:/\n0::/\n");

    assertThat(own.unified()).contains(Path.of("/sys/fs/cgroup/unified"));
    assertThat(own.byController())
        .containsEntry("memory", Path.of("/sys/fs/cgroup/memory/a"))
        .containsEntry("cpu", Path.of("/sys/fs/cgroup/cpu,cpuacct"))
        .containsEntry("cpuacct", Path.of("/sys/fs/cgroup/cpu,cpuacct"))
        .doesNotContainKey("pids");
  }

  @Test
  void aMountThatShowsAPartIsTakenForThatPart() {
    String mount = "33 30 0:29 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

    assertThat(OwnGroups.of(mount, "3:memory:/docker/abc\n").byController())
        .containsExactly(Map.entry("memory", Path.of("/sys/fs/cgroup/memory")));
    assertThat(OwnGroups.of(mount, "3:memory:/docker/abc/x\n").byController())
        .containsExactly(Map.entry("memory", Path.of("/sys/fs/cgroup/memory/x")));
    assertThat(OwnGroups.of(mount, "3:memory:/docker/abcd\n").byController()).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsPassedOver() {
    assertThat(OwnGroups.of("\nx\n - cgroup2\n", "\n:\n0::/\n"))
        .isEqualTo(new OwnGroups(Optional.empty(), Map.of()));
  }
}
