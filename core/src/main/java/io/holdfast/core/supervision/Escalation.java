package io.holdfast.core.supervision;

/**
 * A child can do no more by itself.
 *
 * @param id of what spent its budgets: the instance of a service; the same as long as it is open
 * @param reason how that ended, in plain words
 */
public record Escalation(String id, String reason) {}
