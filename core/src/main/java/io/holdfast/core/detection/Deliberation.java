package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.spec.Thresholds;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is found about one service's instances, look by look.
 *
 * <p>Where most do badly together the cause is not theirs. As it goes away, one after the other
 * does well again, and the last of them, for a while, is one alone that does badly: by what
 * happened while all did. So when most no longer do badly, all evidence up to then is void for
 * everybody, and each is judged by what follows alone. That is simple, and whatever is done after
 * it rests on nothing that happened before; what it costs is that one that is truly faulty is found
 * as much later as it takes to see enough again. A window that is not full yet does not show that
 * it is over.
 *
 * @param filledAt when the window first reaches back over its whole length
 * @param together most do badly, or did and nothing shows yet that it is over
 * @param findings of the latest look; none while nothing is to be made of them
 */
public record Deliberation(
    OutcomeWindow window, Instant filledAt, boolean together, List<Finding> findings) {

  private static final int FEWEST_TOGETHER = 2;

  public Deliberation {
    findings = List.copyOf(findings);
  }

  /**
   * Nothing has been heard.
   *
   * @param together most are known to have done badly
   */
  public static Deliberation begun(Thresholds thresholds, boolean together, Instant now) {
    return new Deliberation(
        OutcomeWindow.empty(thresholds), now.plus(thresholds.window()), together, List.of());
  }

  public Thresholds thresholds() {
    return window.thresholds();
  }

  public Deliberation heard(Outcomes outcomes, Instant now) {
    return new Deliberation(window.heard(outcomes, now), filledAt, together, findings);
  }

  /**
   * Looks at what there is now.
   *
   * @param serving those that still matter
   */
  public Deliberation judged(Predicate<InstanceId> serving, Instant now) {
    List<Finding> found =
        window.findings(now).stream().filter(one -> serving.test(one.instance())).toList();
    boolean most = haveACommonCause(found);
    if (most || !together) {
      return new Deliberation(most ? window : without(found), filledAt, most, found);
    }
    return filledAt.isAfter(now) ? new Deliberation(window, filledAt, true, List.of()) : over(now);
  }

  /** An instance that comes back after what follows has to fail anew. */
  private OutcomeWindow without(List<Finding> judged) {
    OutcomeWindow rest = window;
    for (Finding one : judged) {
      rest = one.opinion() == Opinion.EXCEEDS ? rest.judged(one.instance()) : rest;
    }
    return rest;
  }

  private Deliberation over(Instant now) {
    OutcomeWindow fresh = window.voided(now);
    return new Deliberation(fresh, fresh.since().plus(thresholds().window()), false, List.of());
  }

  /** Something surely exceeds. */
  public boolean isGrave() {
    return findings.stream().anyMatch(one -> one.opinion() == Opinion.EXCEEDS);
  }

  /** Most of those that can be judged do badly, and they are several. */
  public static boolean haveACommonCause(List<Finding> findings) {
    long bad = doBadly(findings);
    return bad >= FEWEST_TOGETHER && 2 * bad > findings.size();
  }

  public static long doBadly(List<Finding> findings) {
    return findings.stream().filter(one -> one.opinion() != Opinion.WELL).count();
  }
}
