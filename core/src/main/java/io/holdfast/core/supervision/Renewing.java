package io.holdfast.core.supervision;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.supervision.ServiceState.Active;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Restarts a dependent when a dependency with {@code onRestart: restart} has replaced instances and
 * is as far again as it must be. Instances that were launched after that know nothing of the old
 * one and stay.
 */
final class Renewing {

  private Renewing() {}

  static void follow(Draft draft) {
    Active active = draft.active().orElseThrow();
    for (Dependency dependency : active.spec().dependsOn()) {
      Renewals renewals = draft.surroundings().renewals().get(dependency.service());
      if (dependency.onRestart() == Dependency.OnRestart.RESTART && renewals != null) {
        follow(draft, dependency.service(), renewals);
      }
    }
  }

  private static void follow(Draft draft, ServiceName dependency, Renewals renewals) {
    Active active = draft.active().orElseThrow();
    Long known = active.renewals().get(dependency);
    if (known != null && known == renewals.count()) {
      return;
    }
    boolean news = known != null && renewals.count() > known;
    draft.record(
        new ServiceEvent.DependencyRenewed(dependency, renewals.count(), !news, draft.now()));
    SortedSet<Integer> older = news ? launchedBefore(active, renewals) : new TreeSet<>();
    if (!older.isEmpty()) {
      Rollouts.begin(draft, older, "dependsOn: " + dependency + " was restarted");
    }
  }

  private static SortedSet<Integer> launchedBefore(Active active, Renewals renewals) {
    SortedSet<Integer> older = new TreeSet<>();
    for (Slot slot : active.slots().headMap(active.spec().slots()).values()) {
      boolean knewTheOld =
          slot.lastLaunch().filter(last -> last.at().isBefore(renewals.latest())).isPresent();
      if (slot.tenant().isPresent() && knewTheOld) {
        older.add(slot.index());
      }
    }
    return older;
  }
}
