package io.holdfast.core.balancing;

/** One after another, each as often as its weight says. */
record Weighted() implements Picker {}
