package io.holdfast.core.supervision;

/**
 * A version failed and the service goes back; until the catalogue has made a version of it.
 *
 * @param failed the version that did not work
 * @param to the version that did
 * @param why it failed
 */
public record Reversion(long failed, long to, String why) {}
