/** The load-balancing actor: the shell in which a gateway follows the routing view. */
@NullMarked
package io.holdfast.balancer.actor;

import org.jspecify.annotations.NullMarked;
