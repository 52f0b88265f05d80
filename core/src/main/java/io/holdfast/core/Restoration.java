package io.holdfast.core;

import java.time.Instant;

/**
 * The journal was restored from a backup: nobody knows what was given out after that was made.
 *
 * @param versions nothing that is new gets one up to this
 * @param epochs no launch of what is new gets one up to this
 * @param at when it was restored
 */
public record Restoration(long versions, long epochs, Instant at) {}
