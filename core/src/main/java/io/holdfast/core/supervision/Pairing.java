package io.holdfast.core.supervision;

import java.time.Instant;

/**
 * A node on which the service failed until it was moved away.
 *
 * @param failure what it was, to recognise the same one elsewhere
 * @param until the node is avoided
 */
public record Pairing(String failure, Instant until) {}
