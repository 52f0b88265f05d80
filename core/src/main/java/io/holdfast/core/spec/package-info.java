/**
 * What a user asks for: the specification of a service and its parts, valid by construction.
 *
 * <p>Nothing here reads text; that is the protocol's business. A part that is built exists only
 * with values it can honour, and {@link io.holdfast.core.spec.InvalidSpec} says what was expected.
 */
@NullMarked
package io.holdfast.core.spec;

import org.jspecify.annotations.NullMarked;
