/** Which node an instance goes to: filter, score, choose. */
@NullMarked
package io.holdfast.core.placement;

import org.jspecify.annotations.NullMarked;
