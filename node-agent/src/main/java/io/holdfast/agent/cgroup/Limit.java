package io.holdfast.agent.cgroup;

import io.holdfast.core.spec.Resources;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;

/** What a group can limit. */
enum Limit {
  MEMORY("memory") {
    @Override
    OptionalLong of(Resources resources) {
      return resources.memory();
    }

    @Override
    void apply(long bytes, Group group) throws IOException {
      String value = Long.toString(bytes);
      switch (group.version()) {
        case V1 -> {
          group.set("memory.limit_in_bytes", value);
          setWherePresent(group, "memory.memsw.limit_in_bytes", value);
        }
        case V2 -> {
          group.set("memory.max", value);
          setWherePresent(group, "memory.swap.max", "0");
        }
      }
    }
  },
  CPU("cpu") {
    @Override
    OptionalLong of(Resources resources) {
      return resources.cpu().isPresent()
          ? OptionalLong.of(resources.cpu().getAsInt())
          : OptionalLong.empty();
    }

    @Override
    void apply(long thousandths, Group group) throws IOException {
      String quota = Long.toString(thousandths * PERIOD_MICROS / ONE_CPU);
      switch (group.version()) {
        case V1 -> {
          group.set("cpu.cfs_period_us", Long.toString(PERIOD_MICROS));
          group.set("cpu.cfs_quota_us", quota);
        }
        case V2 -> group.set("cpu.max", quota + " " + PERIOD_MICROS);
      }
    }
  },
  PROCESSES("pids") {
    @Override
    OptionalLong of(Resources resources) {
      return resources.processes().isPresent()
          ? OptionalLong.of(resources.processes().getAsInt())
          : OptionalLong.empty();
    }

    @Override
    void apply(long count, Group group) throws IOException {
      group.set("pids.max", Long.toString(count));
    }
  };

  private static final long PERIOD_MICROS = 100_000;
  private static final long ONE_CPU = 1_000;

  private final String controller;

  Limit(String controller) {
    this.controller = controller;
  }

  /** The kernel's name for it. */
  String controller() {
    return controller;
  }

  /** As it stands in a sentence. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  abstract OptionalLong of(Resources resources);

  abstract void apply(long amount, Group group) throws IOException;

  /** Swapping is as slow as it is quiet: who may have no more memory is told so, by its end. */
  private static void setWherePresent(Group group, String file, String value) throws IOException {
    if (group.has(file)) {
      group.set(file, value);
    }
  }
}
