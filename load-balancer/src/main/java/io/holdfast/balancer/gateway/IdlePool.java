package io.holdfast.balancer.gateway;

import io.holdfast.client.view.RouteTable;
import io.holdfast.core.InstanceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The idle connections of one event loop, the last used first.
 *
 * <p>At most {@value #MOST_PER_INSTANCE} of one instance and {@value #MOST} in all. They are kept
 * for a few seconds only: many servers close idle connections after five, and a request that meets
 * such an end is lost when it may not be repeated.
 */
final class IdlePool {

  static final Duration LONGEST_IDLE = Duration.ofSeconds(4);

  /** For requests that may not be repeated. */
  static final Duration SURELY_OPEN = Duration.ofSeconds(1);

  private static final int MOST_PER_INSTANCE = 32;
  private static final int MOST = 1_024;

  private final Map<InstanceId, Deque<Upstream>> idle = new HashMap<>();
  private int count;

  Optional<Upstream> take(InstanceId instance, Duration longestIdle, long nowNanos) {
    Deque<Upstream> ofInstance = idle.getOrDefault(instance, new ArrayDeque<>());
    Optional<Upstream> newest =
        Optional.ofNullable(ofInstance.peekFirst())
            .filter(upstream -> upstream.idleNanos(nowNanos) < longestIdle.toNanos());
    newest.ifPresent(this::remove);
    return newest.filter(Upstream::isOpen);
  }

  void put(Upstream upstream, long nowNanos) {
    Deque<Upstream> ofInstance =
        idle.computeIfAbsent(upstream.instance(), instance -> new ArrayDeque<>());
    if (count >= MOST || ofInstance.size() >= MOST_PER_INSTANCE) {
      drop(ofInstance, upstream.instance());
      upstream.close();
      return;
    }
    ofInstance.addFirst(upstream);
    count++;
    upstream.idle(UpstreamUser.none(() -> discard(upstream)), nowNanos);
  }

  /** Closes those of instances that are no longer in the view. */
  void keepOnly(RouteTable table) {
    List.copyOf(idle.keySet()).stream()
        .filter(instance -> !table.holds(instance))
        .forEach(instance -> List.copyOf(idle.get(instance)).forEach(this::discard));
  }

  void expire(long nowNanos) {
    List.copyOf(idle.values()).stream()
        .flatMap(ofInstance -> List.copyOf(ofInstance).stream())
        .filter(upstream -> upstream.idleNanos(nowNanos) >= LONGEST_IDLE.toNanos())
        .forEach(this::discard);
  }

  int size() {
    return count;
  }

  private void discard(Upstream upstream) {
    remove(upstream);
    upstream.close();
  }

  private void remove(Upstream upstream) {
    Deque<Upstream> ofInstance = idle.getOrDefault(upstream.instance(), new ArrayDeque<>());
    if (ofInstance.remove(upstream)) {
      count--;
    }
    drop(ofInstance, upstream.instance());
  }

  private void drop(Deque<Upstream> ofInstance, InstanceId instance) {
    if (ofInstance.isEmpty()) {
      idle.remove(instance);
    }
  }
}
