/**
 * Which endpoints of which service take traffic, as versioned values that only move forward.
 *
 * <p>An endpoint is identified by its instance, epoch included, so a port that is used again is a
 * different endpoint.
 */
@NullMarked
package io.holdfast.core.routing;

import org.jspecify.annotations.NullMarked;
