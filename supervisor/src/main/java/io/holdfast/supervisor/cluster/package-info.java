/** How the actors of one kind on all supervisor nodes find each other. */
@NullMarked
package io.holdfast.supervisor.cluster;

import org.jspecify.annotations.NullMarked;
