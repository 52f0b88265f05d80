/** Looks at hosts whose agents are not heard, which others are asked to take. */
@NullMarked
package io.holdfast.supervisor.errand;

import org.jspecify.annotations.NullMarked;
