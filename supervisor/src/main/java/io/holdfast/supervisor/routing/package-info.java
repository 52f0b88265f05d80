/** The hub that merges what services publish and agents report, and feeds it to balancers. */
@NullMarked
package io.holdfast.supervisor.routing;

import org.jspecify.annotations.NullMarked;
