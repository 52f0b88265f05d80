package io.holdfast.core.balancing;

/** By the key, so that the same one comes to the same instance as long as that is well. */
record Maglev() implements Picker {}
