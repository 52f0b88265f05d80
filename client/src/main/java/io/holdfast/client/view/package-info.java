/**
 * The routing view: a follower keeps to a supervisor's feed and publishes immutable tables, which
 * request threads read without a lock.
 *
 * <p>Internal: what the gateway and the in-process client share. Applications use {@code
 * io.holdfast.client}.
 */
@NullMarked
package io.holdfast.client.view;

import org.jspecify.annotations.NullMarked;
