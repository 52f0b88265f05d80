/**
 * The balancing side of Holdfast: it holds the routing view and sends each request to an instance
 * that works. It must not know the supervisor or the agent, only the protocol they share.
 */
@NullMarked
package io.holdfast.balancer;

import org.jspecify.annotations.NullMarked;
