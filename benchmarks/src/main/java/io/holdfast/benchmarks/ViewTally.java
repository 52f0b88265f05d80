package io.holdfast.benchmarks;

import io.holdfast.core.InstanceId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How often the views show that something is wrong with an endpoint, while nothing should be. */
final class ViewTally implements ViewWatch.Reader {

  private final Map<Integer, Shown> before = new TreeMap<>();
  private final Map<Integer, Integer> suspected = new TreeMap<>();
  private final Map<Integer, Integer> removed = new TreeMap<>();

  @Override
  public synchronized void seen(int supervisor, long at, Shown shown) {
    Shown last = Optional.ofNullable(before.put(supervisor, shown)).orElse(shown);
    last.endpoints()
        .forEach(
            (id, endpoint) -> {
              if (endpoint.isUsable()) {
                note(supervisor, id, shown);
              }
            });
  }

  private void note(int supervisor, InstanceId id, Shown shown) {
    Optional<Shown.Endpoint> now = Optional.ofNullable(shown.endpoints().get(id));
    if (now.isEmpty()) {
      removed.merge(supervisor, 1, Integer::sum);
    } else if (now.get().isSuspect()) {
      suspected.merge(supervisor, 1, Integer::sum);
    }
  }

  /** Endpoints that a view showed as suspect; of the view that did so most often. */
  synchronized int suspected() {
    return most(suspected);
  }

  /** Endpoints that a view no longer showed, likewise. */
  synchronized int removed() {
    return most(removed);
  }

  private static int most(Map<Integer, Integer> counts) {
    return counts.values().stream().mapToInt(count -> count).max().orElse(0);
  }
}
