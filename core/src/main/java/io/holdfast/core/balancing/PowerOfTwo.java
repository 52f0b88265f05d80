package io.holdfast.core.balancing;

/**
 * Of two at random the one with the lower load.
 *
 * <p>Two are enough to keep away from the slow ones, and unlike picking the least loaded of all it
 * does not send everyone to the same one at once.
 */
record PowerOfTwo(Load load) implements Picker {}
