/**
 * Asks instances how they are: GET, connect, a command or gRPC health, each within its time; and
 * waits for what they say of themselves.
 *
 * <p>Knows nothing of what the answers lead to; that is decided in core.
 */
@NullMarked
package io.holdfast.agent.probe;

import org.jspecify.annotations.NullMarked;
