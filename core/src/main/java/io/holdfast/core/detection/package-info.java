/**
 * What others see of instances and hosts, and when that is evidence enough to act upon: heartbeats,
 * connections that others try, and the outcomes of requests, as balancers report them.
 */
@NullMarked
package io.holdfast.core.detection;

import org.jspecify.annotations.NullMarked;
