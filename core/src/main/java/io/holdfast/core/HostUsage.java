package io.holdfast.core;

import java.util.OptionalDouble;

/**
 * How a host is doing.
 *
 * @param cpuPressure the share of the last ten seconds in which something waited for a CPU, in
 *     percent; absent where the kernel does not tell
 * @param load processes that run or wait to run, over the last minute
 * @param memoryAvailable in bytes
 * @param diskFree on the file system of the agent's data, in bytes
 */
public record HostUsage(
    OptionalDouble cpuPressure, double load, long memoryAvailable, long diskFree) {}
