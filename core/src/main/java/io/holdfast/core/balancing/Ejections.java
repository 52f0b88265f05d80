package io.holdfast.core.balancing;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.OutlierPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which endpoints of one service one balancer has taken out.
 *
 * <p>Taken out for a time that doubles; then one request decides about the return. Never taken out
 * is what the rest could not do without: the last one, and more than the load can spare. Failing
 * endpoints are better than overloaded ones, since what they fail can be tried again.
 */
public record Ejections(SortedMap<InstanceId, Standing> standings) {

  public static final Ejections NONE = new Ejections(Collections.emptySortedMap());

  /** Of what is needed, so that the rest does not run at its limit. */
  private static final double RESERVE = 1.1;

  private static final int MOST_DOUBLINGS = 20;

  public Ejections {
    standings = Collections.unmodifiableSortedMap(new TreeMap<>(standings));
  }

  /** An endpoint was taken out. */
  public record Ejection(InstanceId instance, EjectionReason reason, Duration time) {}

  /**
   * What can be seen at one moment.
   *
   * @param conducts of each endpoint that the view holds for well
   * @param demand requests at a time that the service has to bear
   * @param doubtful whether the balancer has reason to suspect itself
   * @param jitter from 0 to 1
   */
  public record Sight(
      List<Conduct> conducts, double demand, boolean doubtful, double jitter, long nowNanos) {}

  public Standing of(InstanceId instance) {
    return standings.getOrDefault(instance, new Standing.Trusted());
  }

  public Decision<Ejections, Ejection> seen(Sight sight, OutlierPolicy policy) {
    SortedMap<InstanceId, Standing> next = new TreeMap<>();
    List<Ejection> ejected = new ArrayList<>();
    for (Conduct one : sight.conducts()) {
      Standing standing = moved(one, policy, sight, ejected);
      if (!(standing instanceof Standing.Trusted)) {
        next.put(one.instance(), standing);
      }
    }
    if (!sight.doubtful()) {
      eject(next, sight, policy, ejected);
    }
    return new Decision<>(new Ejections(next), ejected);
  }

  /** Whether what is in can bear the load without what is out. */
  public boolean suffices(List<Conduct> conducts, double demand) {
    return capacity(conducts, standings) >= RESERVE * demand;
  }

  private Standing moved(Conduct one, OutlierPolicy policy, Sight sight, List<Ejection> ejected) {
    Standing standing = of(one.instance());
    return switch (standing) {
      case Standing.Trusted _ -> standing;
      case Standing.Returned(int times, long since) -> forgiving(times, since, policy, sight);
      case Standing.Ejected(EjectionReason reason, int times, long until) ->
          sight.nowNanos() - until >= 0
              ? new Standing.OnTrial(reason, times, sight.nowNanos())
              : standing;
      case Standing.OnTrial(EjectionReason reason, int times, _) ->
          switch (one.trial()) {
            case OPEN -> standing;
            case WON -> new Standing.Returned(times, sight.nowNanos());
            case LOST -> {
              int more = sight.doubtful() ? times : times + 1;
              Duration time = time(more, policy, sight.jitter());
              ejected.add(new Ejection(one.instance(), reason, time));
              yield new Standing.Ejected(reason, more, sight.nowNanos() + time.toNanos());
            }
          };
    };
  }

  /** All is forgotten after it has done well for as long as it could have been out. */
  private static Standing forgiving(int times, long since, OutlierPolicy policy, Sight sight) {
    return sight.nowNanos() - since > policy.maxEjection().toNanos()
        ? new Standing.Trusted()
        : new Standing.Returned(times, since);
  }

  private static void eject(
      SortedMap<InstanceId, Standing> standings,
      Sight sight,
      OutlierPolicy policy,
      List<Ejection> ejected) {
    for (Outliers.Outlier outlier : Outliers.among(sight.conducts(), policy)) {
      Conduct one = outlier.conduct();
      if (isIn(standings, one) && canBeSpared(one, outlier.reason(), standings, sight)) {
        int times = 1 + before(standings, one);
        Duration time = time(times, policy, sight.jitter());
        long until = sight.nowNanos() + time.toNanos();
        standings.put(one.instance(), new Standing.Ejected(outlier.reason(), times, until));
        ejected.add(new Ejection(one.instance(), outlier.reason(), time));
      }
    }
  }

  /** One that takes no connections bears nothing, but might be all there is. */
  private static boolean canBeSpared(
      Conduct one, EjectionReason reason, SortedMap<InstanceId, Standing> standings, Sight sight) {
    List<Conduct> others =
        sight.conducts().stream()
            .filter(other -> !other.equals(one) && isIn(standings, other))
            .toList();
    return !others.isEmpty()
        && (reason == EjectionReason.CONNECT
            || capacity(others, standings) >= RESERVE * sight.demand());
  }

  private static double capacity(
      List<Conduct> conducts, SortedMap<InstanceId, Standing> standings) {
    return conducts.stream()
        .filter(one -> isIn(standings, one))
        .mapToDouble(Conduct::capacity)
        .sum();
  }

  private static boolean isIn(SortedMap<InstanceId, Standing> standings, Conduct one) {
    return switch (standings.getOrDefault(one.instance(), new Standing.Trusted())) {
      case Standing.Trusted _, Standing.Returned _ -> true;
      case Standing.Ejected _, Standing.OnTrial _ -> false;
    };
  }

  private static int before(SortedMap<InstanceId, Standing> standings, Conduct one) {
    return standings.getOrDefault(one.instance(), new Standing.Trusted())
            instanceof Standing.Returned(int times, _)
        ? times
        : 0;
  }

  /** Up to a fifth shorter, so that what was taken out together does not return together. */
  private static Duration time(int times, OutlierPolicy policy, double jitter) {
    double doubled =
        policy.baseEjection().toNanos() * Math.pow(2, Math.min(times - 1, MOST_DOUBLINGS));
    double capped = Math.min(doubled, (double) policy.maxEjection().toNanos());
    return Duration.ofNanos(Math.round(capped * (1 - 0.2 * jitter)));
  }
}
