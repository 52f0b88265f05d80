package io.holdfast.core.balancing;

import io.holdfast.core.spec.OutlierPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which endpoints do worse than may be. */
final class Outliers {

  /** 97.5 % sure: for a rate that a user has named. */
  private static final double SURE = 1.96;

  private static final int ENOUGH_TO_FAIL = 10;

  private Outliers() {}

  record Outlier(Conduct conduct, EjectionReason reason) {}

  /** Each that is one, those first of which it is most certain. */
  static List<Outlier> among(List<Conduct> all, OutlierPolicy policy) {
    Comparison recently = Comparison.of(all.stream().map(Conduct::recent).toList());
    Comparison forLong = Comparison.of(all.stream().map(Conduct::lasting).toList());
    List<Outlier> found = new ArrayList<>();
    for (Conduct one : all) {
      absolute(one, policy)
          .or(() -> recently.reason(one.recent()))
          .or(() -> forLong.reason(one.lasting()))
          .ifPresent(reason -> found.add(new Outlier(one, reason)));
    }
    found.sort(Comparator.comparing(Outlier::reason));
    return found;
  }

  static Optional<EjectionReason> absolute(Conduct one, OutlierPolicy policy) {
    if (one.refused() >= policy.consecutiveConnect()) {
      return Optional.of(EjectionReason.CONNECT);
    }
    return failsTooOften(one.recent(), policy) || failsTooOften(one.lasting(), policy)
        ? Optional.of(EjectionReason.FAILURE_RATE)
        : Optional.empty();
  }

  private static boolean failsTooOften(Totals seen, OutlierPolicy policy) {
    return seen.tally().total() >= ENOUGH_TO_FAIL
        && seen.tally().surelyFailing(SURE) > policy.failureRate();
  }
}
