/**
 * The in-process client: the routing view in any Java process, and picks by it. {@link
 * io.holdfast.client.LoadBalancer} is the way in.
 *
 * <p>What the gateway does for any client is done here without the way through it, by the same
 * code.
 */
@NullMarked
package io.holdfast.client;

import org.jspecify.annotations.NullMarked;
