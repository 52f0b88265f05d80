package io.holdfast.core.detection;

import io.holdfast.core.InWords;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.spec.Thresholds;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One threshold, and whether an instance exceeds it. It does when
 *
 * <ul>
 *   <li>there were {@code minRequests} in the window, where an observer that avoids the instance
 *       counts by what it sent to the whole service ({@link Witness});
 *   <li>of those to the instance, all observers together, so many went badly that the share is
 *       surely above the limit: the lower end of Wilson's interval is, and a handful did;
 *   <li>more observers see it do badly than see it well, and at least two do, or the only one has
 *       {@code minRequests} itself. An observer that is itself the problem is outvoted, or sees all
 *       instances do badly, upon which nobody acts.
 * </ul>
 *
 * @param limit the share that may go badly
 * @param handful that went badly at least
 * @param went how many requests that a witness saw went well and badly
 * @param badly in words
 * @param clause of the specification, in words
 */
record Criterion(
    double limit, int handful, Function<Witness, Tally> went, String badly, String clause) {

  /** Asked again and again of each instance, so it has to be surer than once in a hundred. */
  private static final double VERY_SURE = 2.6;

  private static final int FEW_FAILURES = 3;

  /** Of fifty requests three are late now and then even where only one in two hundred is. */
  private static final int FEW_LATE = 5;

  private static final int ENOUGH_TO_SEE_IT_WELL = 10;
  private static final int ENOUGH_TO_SEE_IT_BADLY = 2;
  private static final int ENOUGH_TO_DOUBT = 3;
  private static final double ONE_IN_A_HUNDRED = 0.01;

  static Finding worst(InstanceId instance, List<Witness> witnesses, Thresholds thresholds) {
    return of(thresholds)
        .map(one -> one.finding(instance, witnesses, thresholds))
        .reduce((first, second) -> second.isWorseThan(first) ? second : first)
        .orElseThrow();
  }

  private static Stream<Criterion> of(Thresholds thresholds) {
    return Stream.concat(
        thresholds.errorRate().stream().mapToObj(rate -> errors(rate, thresholds)),
        thresholds.p99().stream().map(Criterion::late));
  }

  private static Criterion errors(double rate, Thresholds thresholds) {
    return new Criterion(
        rate, FEW_FAILURES, one -> one.byOutcome(thresholds), "failed", "errorRate: " + rate);
  }

  private static Criterion late(Duration time) {
    String words = InWords.of(time);
    return new Criterion(
        ONE_IN_A_HUNDRED,
        FEW_LATE,
        one -> one.sample().byTime(),
        "took longer than " + words,
        "p99: " + words);
  }

  private Finding finding(InstanceId instance, List<Witness> witnesses, Thresholds thresholds) {
    Tally all = witnesses.stream().map(went).reduce(Tally.NONE, Tally::plus);
    List<Witness> against = witnesses.stream().filter(this::seesItBadly).toList();
    return new Finding(
        instance, opinion(all, witnesses, against, thresholds), evidence(all, against, thresholds));
  }

  private Opinion opinion(
      Tally all, List<Witness> witnesses, List<Witness> against, Thresholds thresholds) {
    long weight = witnesses.stream().mapToLong(one -> one.weight(thresholds)).sum();
    boolean enough = weight >= thresholds.minRequests();
    if (enough && surelyExceeds(all) && areBelieved(against, witnesses, thresholds)) {
      return Opinion.EXCEEDS;
    }
    return all.total() >= ENOUGH_TO_DOUBT && all.failureRate() > limit
        ? Opinion.DOUBTFUL
        : Opinion.WELL;
  }

  private boolean surelyExceeds(Tally all) {
    return all.failed() >= handful && all.surelyFailing(VERY_SURE) > limit;
  }

  private boolean areBelieved(
      List<Witness> against, List<Witness> witnesses, Thresholds thresholds) {
    long inFavour = witnesses.stream().filter(this::seesItWell).count();
    return against.size() > inFavour
        && (against.size() > 1
            || against.getFirst().weight(thresholds) >= thresholds.minRequests());
  }

  private boolean seesItBadly(Witness one) {
    Tally tally = went.apply(one);
    return tally.failed() >= ENOUGH_TO_SEE_IT_BADLY && tally.failureRate() > limit;
  }

  private boolean seesItWell(Witness one) {
    Tally tally = went.apply(one);
    return tally.total() >= ENOUGH_TO_SEE_IT_WELL && tally.failureRate() <= limit;
  }

  private String evidence(Tally all, List<Witness> against, Thresholds thresholds) {
    Duration within =
        against.stream()
            .map(one -> one.reach(thresholds))
            .max(Comparator.naturalOrder())
            .orElse(thresholds.window());
    long avoid = against.stream().filter(one -> one.avoidsIt(thresholds)).count();
    return "%d of %d requests %s within %s, seen by %s%s (%s)"
        .formatted(
            all.failed(),
            all.total(),
            badly,
            InWords.of(within),
            balancers(against.size()),
            avoid == 0 ? "" : ", avoided by " + balancers(avoid),
            clause);
  }

  private static String balancers(long count) {
    return count == 1 ? "1 balancer" : count + " balancers";
  }
}
