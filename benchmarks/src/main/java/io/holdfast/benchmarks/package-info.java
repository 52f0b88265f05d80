/**
 * Measurements of the whole system on one machine: real roles, real sockets, real processes.
 *
 * <p>What they printed stands in {@code benchmarks/RESULTS.md}, with the command that printed it.
 */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
