package io.holdfast.core.supervision;

import io.holdfast.core.InstanceId;
import io.holdfast.core.detection.Deliberation;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.Thresholds;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows when an instance exceeds the thresholds of its service.
 *
 * <p>Nothing while a dependency is down or the group has halted the service, and nothing when most
 * instances do badly together: then the cause is the service, or what it needs, which is put on
 * record once when it begins and once when it ends ({@link CommonCause}). Never does it leave less
 * than half of the instances that are wanted, nor none. An instance that is isolated comes back by
 * itself, since one without requests shows nothing more: after the window, and after twice as long
 * each time that follows, until it has been well for {@link #FORGIVEN_AFTER}. Restarts are made one
 * at a time, and not during a rollout, which replaces the instance anyway; the newcomer of a
 * rollout ends it.
 */
final class Thresholding {

  static final Duration LONGEST_ISOLATION = Duration.ofMinutes(10);
  static final Duration FORGIVEN_AFTER = LONGEST_ISOLATION;

  private static final int MOST_DOUBLINGS = 20;
  private static final String CLAUSE = "health.thresholds: ";

  private Thresholding() {}

  static void judged(Draft draft, List<Finding> all) {
    Optional<Active> active = draft.active().filter(one -> thresholds(one).isPresent());
    List<Finding> findings =
        all.stream()
            .filter(one -> active.filter(wanted -> wanted.serves(one.instance())).isPresent())
            .toList();
    active.ifPresent(wanted -> judged(draft, wanted, findings));
  }

  private static void judged(Draft draft, Active active, List<Finding> findings) {
    boolean otherwiseExplained =
        !draft.surroundings().dependenciesMet() || active.membership().isHalted();
    List<Finding> exceeding =
        findings.stream().filter(one -> one.opinion() == Opinion.EXCEEDS).toList();
    boolean together = Deliberation.haveACommonCause(findings);
    if (together || active.commonCause().isPresent()) {
      follow(draft, active, together, findings, otherwiseExplained ? List.of() : exceeding);
    } else if (!otherwiseExplained) {
      exceeding.forEach(one -> act(draft, thresholds(active).orElseThrow(), one));
    }
  }

  /** Put on record when somebody would else have been dealt with, and when it is over. */
  private static void follow(
      Draft draft,
      Active active,
      boolean together,
      List<Finding> findings,
      List<Finding> exceeding) {
    if (!together) {
      draft.record(new ServiceEvent.CommonCauseLapsed(draft.now()));
    } else if (active.commonCause().isEmpty() && !exceeding.isEmpty()) {
      Finding worst = exceeding.getFirst();
      draft.record(
          new ServiceEvent.CommonCauseFound(
              (int) Deliberation.doBadly(findings),
              findings.size(),
              worst.instance(),
              worst.evidence(),
              draft.now()));
    }
  }

  /** Without thresholds nobody does badly. */
  static void followUp(Draft draft) {
    draft
        .active()
        .filter(active -> active.commonCause().isPresent() && thresholds(active).isEmpty())
        .ifPresent(_ -> draft.record(new ServiceEvent.CommonCauseLapsed(draft.now())));
  }

  private static void act(Draft draft, Thresholds thresholds, Finding finding) {
    Active active = draft.active().orElseThrow();
    InstanceId instance = finding.instance();
    Optional<Tenant> tenant = active.holding(instance).filter(Slot::isActive).flatMap(Slot::tenant);
    if (active.incoming().filter(one -> one.id().equals(instance)).isPresent()) {
      draft.drain(instance, CLAUSE + finding.evidence());
    } else if (tenant.filter(Tenant::isReady).isPresent()) {
      switch (thresholds.then()) {
        case ISOLATE -> isolate(draft, active, thresholds, tenant.get(), finding.evidence());
        case RESTART -> restart(draft, active, instance, finding.evidence());
      }
    }
  }

  private static void isolate(
      Draft draft, Active active, Thresholds thresholds, Tenant tenant, String evidence) {
    if (leavesEnough(active)) {
      int times = 1 + before(tenant.regard(), draft.now());
      Instant until = draft.now().plus(time(thresholds.window(), times));
      draft.record(
          new ServiceEvent.InstanceIsolated(tenant.id(), times, until, evidence, draft.now()));
    }
  }

  private static void restart(Draft draft, Active active, InstanceId instance, String evidence) {
    boolean alone = active.spec().instances() == 1;
    if ((alone || leavesEnough(active))
        && active.rollout().isEmpty()
        && active.slots().values().stream().noneMatch(Thresholding::isBeingRestarted)) {
      draft.record(new ServiceEvent.InstanceCondemned(instance, evidence, draft.now()));
      draft.then(new ServiceEffect.Drain(instance));
    }
  }

  private static boolean leavesEnough(Active active) {
    int half = (active.spec().instances() + 1) / 2;
    return active.ready() - 1 >= Math.max(1, half);
  }

  /** From the verdict until its successor is ready. */
  private static boolean isBeingRestarted(Slot slot) {
    boolean condemned =
        slot.tenant().filter(tenant -> tenant.regard() instanceof Regard.Condemned).isPresent();
    boolean waits =
        slot.lastExit().filter(exit -> exit.cause() == ExitCause.THRESHOLDS).isPresent();
    return condemned || (waits && !slot.hasComeUp());
  }

  private static int before(Regard regard, Instant now) {
    return regard instanceof Regard.OnProbation(int times, Instant since)
            && since.plus(FORGIVEN_AFTER).isAfter(now)
        ? times
        : 0;
  }

  private static Duration time(Duration window, int times) {
    Duration doubled = window.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_ISOLATION) < 0 ? doubled : LONGEST_ISOLATION;
  }

  private static Optional<Thresholds> thresholds(Active active) {
    return active.spec().health().thresholds();
  }
}
