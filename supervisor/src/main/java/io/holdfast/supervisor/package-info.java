/** The control plane: one node of it, started and ended as a whole. */
@NullMarked
package io.holdfast.supervisor;

import org.jspecify.annotations.NullMarked;
