package io.holdfast.core.supervision;

/**
 * Epochs given to an agent, to launch with on its own.
 *
 * @param first to {@code last}, both included; empty when last is below first
 */
public record EpochBlock(long first, long last) {

  public boolean holds(long epoch) {
    return first <= epoch && epoch <= last;
  }

  /** What is left once {@code epoch} has been used. */
  public EpochBlock after(long epoch) {
    return new EpochBlock(Math.max(first, Math.min(epoch, last) + 1), last);
  }

  public long size() {
    return Math.max(0, last - first + 1);
  }
}
