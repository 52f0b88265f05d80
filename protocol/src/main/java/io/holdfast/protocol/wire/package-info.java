/**
 * Between the values of core and the messages of the wire.
 *
 * <p>Whatever comes in was written by another process, perhaps of another release: values that core
 * could not hold are refused with {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package io.holdfast.protocol.wire;

import org.jspecify.annotations.NullMarked;
