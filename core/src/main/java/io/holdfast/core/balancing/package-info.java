/**
 * Which endpoint gets a request, and whether a failed try is followed by another.
 *
 * <p>Pickers read an immutable array and the figures of its candidates; they take no lock and
 * allocate nothing. Time and chance are arguments.
 */
@NullMarked
package io.holdfast.core.balancing;

import org.jspecify.annotations.NullMarked;
