/**
 * The stream to a supervisor: opened, kept alive, opened again.
 *
 * <p>Knows nothing of processes; what is said on the stream is the {@link
 * io.holdfast.agent.link.LinkSide}'s business.
 */
@NullMarked
package io.holdfast.agent.link;

import org.jspecify.annotations.NullMarked;
