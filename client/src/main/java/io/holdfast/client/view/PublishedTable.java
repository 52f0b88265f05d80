package io.holdfast.client.view;

import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.RoutingView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Where one writer puts the table that many threads read. */
final class PublishedTable {

  private final AtomicReference<RouteTable> table = new AtomicReference<>(RouteTable.none());
  private final AtomicLong heardAtNanos;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final HealthWatch health;
  private final TableBuilder builder;
  private final Watcher watcher;
  private Optional<RoutingView> view = Optional.empty();

  PublishedTable(long nowNanos, Watcher watcher, Subscriber subscriber) {
    this.heardAtNanos = new AtomicLong(nowNanos);
    this.health = new HealthWatch(watcher::ejected);
    this.builder = new TableBuilder(health, subscriber);
    this.watcher = watcher;
  }

  RouteTable table() {
    return table.get();
  }

  void publish(RoutingView next, long nowNanos) {
    view = Optional.of(next);
    publishAgain(nowNanos);
    ready.complete(null);
  }

  /** Looks how the endpoints of all services do. */
  void look(long nowNanos) {
    if (health.look(table(), nowNanos)) {
      publishAgain(nowNanos);
    }
  }

  /** Looks how those of one service do. */
  void look(ServiceName service, long nowNanos) {
    if (health.look(table(), service, nowNanos)) {
      publishAgain(nowNanos);
    }
  }

  /** Has the log count what has happened on all endpoints. */
  void count(OutcomeLog outcomes, long nowNanos) {
    outcomes.count(table(), health, health.isDoubtful(), nowNanos);
  }

  void heard(long atNanos) {
    heardAtNanos.set(atNanos);
  }

  Duration age(long nowNanos) {
    return Duration.ofNanos(nowNanos - heardAtNanos.get());
  }

  CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  private void publishAgain(long nowNanos) {
    view.ifPresent(
        shown -> {
          RouteTable next = builder.table(shown, nowNanos);
          table.set(next);
          watcher.changed(next);
        });
  }
}
