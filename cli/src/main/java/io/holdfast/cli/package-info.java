/**
 * The {@code holdfast} command: which words it knows and where its options come from.
 *
 * <p>It puts the roles together and talks to a supervisor like any other client; it decides nothing
 * about services.
 */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
