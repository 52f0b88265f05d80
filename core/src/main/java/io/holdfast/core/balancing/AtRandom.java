package io.holdfast.core.balancing;

/** Any of them, each as likely. */
record AtRandom() implements Picker {}
