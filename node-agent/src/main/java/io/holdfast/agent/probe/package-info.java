/**
 * Asks instances how they are: GET, connect, or a command, each within its time.
 *
 * <p>Knows nothing of what the answers lead to; that is decided in core.
 */
@NullMarked
package io.holdfast.agent.probe;

import org.jspecify.annotations.NullMarked;
