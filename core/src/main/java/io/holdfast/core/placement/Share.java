package io.holdfast.core.placement;

import io.holdfast.core.spec.Resources;

/**
 * A part of a host, or all of it.
 *
 * @param memory in bytes
 * @param cpu in thousandths of one processor
 */
public record Share(long memory, long cpu) {

  public static final Share NONE = new Share(0, 0);

  /** What an instance asks for; what its service does not limit takes nothing. */
  public static Share of(Resources resources) {
    return new Share(resources.memory().orElse(0), resources.cpu().orElse(0));
  }

  public Share plus(Share other) {
    return new Share(memory + other.memory, cpu + other.cpu);
  }

  public Share minus(Share other) {
    return new Share(memory - other.memory, cpu - other.cpu);
  }
}
