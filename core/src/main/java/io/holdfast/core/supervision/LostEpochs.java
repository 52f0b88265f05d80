package io.holdfast.core.supervision;

/**
 * Epochs that may have been given out after the backup from which the journal was restored.
 *
 * @param after the last one that the backup knows
 * @param last of those that nobody is given any more
 */
record LostEpochs(long after, long last) {

  boolean holds(long epoch) {
    return after < epoch && epoch <= last;
  }
}
