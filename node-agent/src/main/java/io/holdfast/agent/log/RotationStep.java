package io.holdfast.agent.log;

/** What is to be done with a log that has become long. */
sealed interface RotationStep {

  /** Move what stands from {@code from} to the last end of a line before {@code to}. */
  record Move(long from, long to) implements RotationStep {}

  /** Delete what has been moved before. */
  record Delete(LogPiece piece) implements RotationStep {}

  /** Give up all that stands before the last end of a line before {@code to}, unmoved. */
  record GiveUp(long from, long to) implements RotationStep {}

  /** Begin the file anew: where nothing can be cut off, losing all of it is the last way. */
  record Empty() implements RotationStep {}
}
