/**
 * Specifications as users write them, in YAML or JSON, to and from core's values.
 *
 * <p>A text is read once into nodes that know their lines; the readers of the parts then ask for
 * the keys they know, and whatever was not asked for is an unknown key. Every problem of a text is
 * reported, so that one look is enough to mend it.
 */
@NullMarked
package io.holdfast.protocol.spec;

import org.jspecify.annotations.NullMarked;
