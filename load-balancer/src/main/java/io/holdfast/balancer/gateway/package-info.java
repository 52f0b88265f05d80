/**
 * The gateway: an HTTP/1.1 reverse proxy on Netty.
 *
 * <p>Each client connection lives on one event loop together with the upstream connections of its
 * requests, so that everything between them is single-threaded. What the event loop shares with the
 * others is the table, which is immutable, and a few counters.
 */
@NullMarked
package io.holdfast.balancer.gateway;

import org.jspecify.annotations.NullMarked;
