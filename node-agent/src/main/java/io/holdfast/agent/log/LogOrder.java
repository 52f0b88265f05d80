package io.holdfast.agent.log;

import io.holdfast.core.ServiceName;

/**
 * A wish to read the log of a slot.
 *
 * @param request what its answers bear
 * @param previous the launch before the latest one
 * @param tail lines to begin with; 0 for all that is kept
 * @param follow goes on with what is printed later, by later launches too
 */
public record LogOrder(
    long request, ServiceName service, int slot, boolean previous, int tail, boolean follow) {}
