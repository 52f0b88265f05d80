package io.holdfast.core.supervision;

import java.time.Instant;

/**
 * An instance that is no longer wanted and not gone yet.
 *
 * @param stopping told to end; before that it drains
 * @param since it drains, or since it was told to end
 */
public record Outgoing(Tenant tenant, boolean stopping, Instant since) {}
