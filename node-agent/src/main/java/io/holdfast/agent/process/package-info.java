/**
 * Processes of this host: launched, watched, signalled and found again.
 *
 * <p>Knows nothing of services, probes or supervisors. Linux only: the C library is called directly
 * where Java has no word for it (sessions, pidfds, epoll).
 */
@NullMarked
package io.holdfast.agent.process;

import org.jspecify.annotations.NullMarked;
