/**
 * {@code holdfast demo}: three services under load, faults, and how each is repaired.
 *
 * <p>It sees no more than a user does: all it knows comes from the admin API and the gateway.
 */
@NullMarked
package io.holdfast.cli.demo;

import org.jspecify.annotations.NullMarked;
