package io.holdfast.core.supervision;

/**
 * A verdict, and why.
 *
 * @param clause the part of the policy that says so, in plain words; blank where nothing was ruled
 */
record Ruling(Verdict verdict, String clause) {}
