package io.holdfast.core.spec;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much of its host one instance may use, all of its processes together; what is absent is not
 * limited.
 *
 * @param memory in bytes; beyond it the kernel kills
 * @param cpu in thousandths of one processor; beyond it the instance waits
 * @param processes and threads that may live at once; beyond it none can be started
 */
public record Resources(OptionalLong memory, OptionalInt cpu, OptionalInt processes) {

  public static final Resources UNLIMITED =
      new Resources(OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty());

  private static final long LEAST_MEMORY = 1L << 20;
  private static final long MOST_MEMORY = 1L << 50;

  /** The kernel hands out processor time in portions of at least a millisecond in 100. */
  private static final int LEAST_CPU = 10;

  private static final int MOST_CPU = 1_000_000;

  /** As many as Linux can number. */
  private static final int MOST_PROCESSES = 4_194_304;

  public Resources {
    if (memory.isPresent()
        && (memory.getAsLong() < LEAST_MEMORY || memory.getAsLong() > MOST_MEMORY)) {
      throw new InvalidSpec("memory", "expected a size from 1Mi to 1Pi");
    }
    if (cpu.isPresent() && (cpu.getAsInt() < LEAST_CPU || cpu.getAsInt() > MOST_CPU)) {
      throw new InvalidSpec("cpu", "expected processors from 10m to 1000");
    }
    processes.ifPresent(count -> Check.range("processes", count, 1, MOST_PROCESSES));
  }

  public boolean isLimited() {
    return !equals(UNLIMITED);
  }
}
