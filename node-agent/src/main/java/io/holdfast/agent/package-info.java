/**
 * The agent of one host: runs instances for a supervisor, and keeps them when it is gone itself.
 *
 * <p>A thin shell: what becomes of an instance is decided in {@code io.holdfast.core.instance}. It
 * knows nothing of strategies, routing or other hosts.
 */
@NullMarked
package io.holdfast.agent;

import org.jspecify.annotations.NullMarked;
