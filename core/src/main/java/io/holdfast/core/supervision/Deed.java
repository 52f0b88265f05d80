package io.holdfast.core.supervision;

import java.time.Instant;

/**
 * Something that was done about an incident.
 *
 * @param because the clause of the policy that said so, in plain words; blank where none did
 */
public record Deed(Instant at, String did, String because) {}
