/**
 * The kernel's control groups: what a service forks stays in its group, whatever it does to get
 * away, and can be limited and ended as a whole.
 *
 * <p>Starts and signals nothing by itself.
 */
@NullMarked
package io.holdfast.agent.cgroup;

import org.jspecify.annotations.NullMarked;
