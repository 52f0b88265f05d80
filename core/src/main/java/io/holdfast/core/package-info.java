/**
 * The words every part shares: names and identities, and the shape of a decision.
 *
 * <p>Everything below this package is pure: {@code java.base} only, no clock, no I/O, no random
 * source. Time and randomness come in as arguments.
 */
@NullMarked
package io.holdfast.core;

import org.jspecify.annotations.NullMarked;
