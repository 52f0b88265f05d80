package io.holdfast.core.supervision;

import java.time.Instant;

/**
 * How often a service has replaced instances of its own.
 *
 * @param count in all slots; falls only when slots go
 * @param latest when that was last; the epoch of the clock before the first
 */
public record Renewals(long count, Instant latest) {

  public static final Renewals NONE = new Renewals(0, Instant.EPOCH);
}
