package io.holdfast.core.instance;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the processes of one instance have of their host.
 *
 * @param cpu since it was launched
 * @param memoryBytes resident, of all of them together
 * @param descriptors absent where the kernel does not show them to the agent
 */
public record Usage(Duration cpu, long memoryBytes, OptionalInt descriptors, int threads) {}
