package io.holdfast.core.balancing;

/** Where the arbitrary part of a pick comes from. */
public interface Chance {

  /** Any number from 0 to {@code bound - 1}, each as likely. */
  int below(int bound);

  /** One more than the last time it was asked; it may wrap around. */
  int turn();
}
