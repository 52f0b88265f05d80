package io.holdfast.core.balancing;

/** One after another. */
record RoundRobin() implements Picker {}
