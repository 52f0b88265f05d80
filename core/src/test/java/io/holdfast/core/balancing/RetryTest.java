package io.holdfast.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.RetryPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetryTest {

  private static final RetryPolicy TWICE = RetryPolicy.DEFAULT;
  private static final long SECOND = 1_000_000_000;

  @Test
  void whatWasNeverSentIsTriedElsewhereWhateverItsMethod() {
    assertThat(after(TryFailure.CONNECT, Tries.none(false), true)).isEqualTo(Retry.ELSEWHERE);
  }

  @Test
  void refusedConnectionsGoOnInRoundsWithAPauseBetween() {
    Tries tries = Tries.none(false);
    for (int i = 0; i < 2; i++) {
      tries = tries.after(TryFailure.CONNECT);
      assertThat(Retry.after(TryFailure.CONNECT, tries, TWICE, true)).isEqualTo(Retry.ELSEWHERE);
    }
    tries = tries.after(TryFailure.CONNECT);
    assertThat(Retry.after(TryFailure.CONNECT, tries, TWICE, true)).isEqualTo(Retry.AFTER_PAUSE);
    tries = tries.afterPause();
    assertThat(after(TryFailure.CONNECT, tries, true)).isEqualTo(Retry.ELSEWHERE);
    assertThat(after(TryFailure.CONNECT, tries, false)).isEqualTo(Retry.AFTER_PAUSE);
  }

  @ParameterizedTest
  @EnumSource(
      value = TryFailure.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CONNECT"})
  void whatMayHaveBeenSeenIsRepeatedOnlyWhenThatIsSafe(TryFailure failure) {
    assertThat(after(failure, Tries.none(false), true)).isEqualTo(Retry.NONE);
    assertThat(after(failure, Tries.none(true), true)).isEqualTo(Retry.ELSEWHERE);
  }

  @ParameterizedTest
  @EnumSource(TryFailure.class)
  void aBodyThatIsNoLongerHeldIsNotSentAgain(TryFailure failure) {
    assertThat(after(failure, Tries.none(true).noLongerReplayable(), true)).isEqualTo(Retry.NONE);
  }

  @ParameterizedTest
  @EnumSource(TryFailure.class)
  void aPolicyWithoutRetriesGetsNone(TryFailure failure) {
    RetryPolicy never = new RetryPolicy(0, 0.2, 10);

    assertThat(Retry.after(failure, Tries.none(true).after(failure), never, true))
        .isEqualTo(Retry.NONE);
  }

  @Test
  void atMostMaxFurtherTriesAreSent() {
    Tries tries = Tries.none(true).after(TryFailure.RESET).after(TryFailure.TIMEOUT);

    assertThat(Retry.after(TryFailure.TIMEOUT, tries, TWICE, true)).isEqualTo(Retry.ELSEWHERE);
    assertThat(after(TryFailure.RESET, tries, true)).isEqualTo(Retry.NONE);
  }

  @Test
  void withoutAnotherInstanceTheDeadWaitAndAnAnswerIsPassedOn() {
    assertThat(after(TryFailure.RESET, Tries.none(true), false)).isEqualTo(Retry.AFTER_PAUSE);
    assertThat(after(TryFailure.GONE, Tries.none(true), false)).isEqualTo(Retry.AFTER_PAUSE);
    assertThat(after(TryFailure.TIMEOUT, Tries.none(true), false)).isEqualTo(Retry.NONE);
    assertThat(after(TryFailure.ERROR_RESPONSE, Tries.none(true), false)).isEqualTo(Retry.NONE);
  }

  @Test
  void aBudgetBearsItsShareOfRequestsAndAFewASecond() {
    RetryPolicy policy = new RetryPolicy(2, 0.25, 10);
    RetryBudget budget = RetryBudget.full(policy, 0);

    assertThat(spendAll(budget, policy, 0)).isEqualTo(100);
    RetryBudget empty = new RetryBudget(0, 0);
    for (int i = 0; i < 40; i++) {
      empty = empty.earn(policy, 0);
    }
    assertThat(spendAll(empty, policy, 0)).isEqualTo(10);
    assertThat(spendAll(new RetryBudget(0, 0), policy, 3 * SECOND)).isEqualTo(30);
  }

  @Test
  void aBudgetSavesOnlySoMuchAndNeverGoesBackInTime() {
    RetryPolicy policy = new RetryPolicy(2, 0.2, 10);
    RetryBudget rich = RetryBudget.full(policy, 0);
    for (int i = 0; i < 100_000; i++) {
      rich = rich.earn(policy, 0);
    }

    assertThat(spendAll(rich, policy, 1_000 * SECOND)).isEqualTo(200);
    assertThat(new RetryBudget(0, 9 * SECOND).earn(policy, SECOND).atNanos()).isEqualTo(9 * SECOND);
  }

  @Test
  void withoutAnAllowanceNothingIsSpent() {
    RetryPolicy none = new RetryPolicy(2, 0, 0);

    assertThat(RetryBudget.full(none, 0).earn(none, SECOND).spend(none, 9 * SECOND)).isEmpty();
  }

  private static Retry after(TryFailure failure, Tries tries, boolean othersLeft) {
    return Retry.after(failure, tries.after(failure), TWICE, othersLeft);
  }

  private static int spendAll(RetryBudget budget, RetryPolicy policy, long now) {
    int spent = 0;
    Optional<RetryBudget> left = budget.spend(policy, now);
    while (left.isPresent()) {
      spent++;
      left = left.get().spend(policy, now);
    }
    return spent;
  }
}
