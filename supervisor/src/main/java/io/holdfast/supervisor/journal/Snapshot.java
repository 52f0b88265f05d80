package io.holdfast.supervisor.journal;

/**
 * The state of a service, a group, a node or the catalogue as a whole, as it is kept.
 *
 * <p>Wrapped, so that it is written as what is kept and not as what nodes say to each other.
 */
record Snapshot(Object state) {}
