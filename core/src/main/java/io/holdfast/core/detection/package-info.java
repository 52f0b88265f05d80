/**
 * What others see of instances, and when that is evidence enough to act upon: the outcomes of
 * requests, as balancers report them.
 */
@NullMarked
package io.holdfast.core.detection;

import org.jspecify.annotations.NullMarked;
