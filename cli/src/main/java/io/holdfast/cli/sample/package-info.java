/**
 * A small HTTP service that fails on demand: what the demo runs, and what to try Holdfast with.
 *
 * <p>Only the JDK is used, so that it starts in a fraction of a second and needs one jar.
 */
@NullMarked
package io.holdfast.cli.sample;

import org.jspecify.annotations.NullMarked;
