/**
 * Whether endpoints of other hosts can be reached, as agents and supervisors try it for each other.
 */
@NullMarked
package io.holdfast.protocol.reach;

import org.jspecify.annotations.NullMarked;
