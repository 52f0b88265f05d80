package io.holdfast.supervisor.node;

import io.holdfast.protocol.agent.Budget;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.wire.WireTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The budgets that an agent has been told in its session. Services say them again with each round
 * of questions, in case that they got lost before they came here; the agent, which writes down each
 * that it is told, hears only of those that are new to it.
 */
final class Grants {

  /** Clocks are read at different times; no budget is given for so short a time. */
  private static final Duration SAME = Duration.ofMinutes(1);

  /**
   * What was told.
   *
   * @param budget without the time for which it is valid
   * @param until then, in nanoseconds of the session's monotonic clock
   */
  private record Grant(Budget budget, long until) {

    boolean isLike(Grant other) {
      return budget.equals(other.budget) && Math.abs(until - other.until) < SAME.toNanos();
    }
  }

  private final Map<String, Grant> told = new HashMap<>();

  /** Whether the agent has to be told it; that it is told now is taken for granted. */
  boolean isNews(SupervisorMessage message, long now) {
    return !message.hasBudget() || isNews(message.getBudget(), now);
  }

  private boolean isNews(Budget budget, long now) {
    Grant grant =
        new Grant(
            budget.toBuilder().clearValidFor().build(),
            now + WireTime.duration(budget.getValidFor()).toNanos());
    Grant before = told.put(budget.getService(), grant);
    if (before != null && before.isLike(grant)) {
      // Not the newer: an end that comes nearer in small steps would never be told.
      told.put(budget.getService(), before);
      return false;
    }
    return true;
  }
}
