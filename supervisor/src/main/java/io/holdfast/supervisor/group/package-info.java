/** One actor per group, around the pure decisions of {@code core.supervision.Group}. */
@NullMarked
package io.holdfast.supervisor.group;

import org.jspecify.annotations.NullMarked;
