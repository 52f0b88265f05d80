package io.holdfast.balancer.view;

import io.holdfast.core.routing.RoutingView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Where one writer puts the table that many threads read. */
final class PublishedTable {

  private final AtomicReference<RouteTable> table = new AtomicReference<>(RouteTable.none());
  private final AtomicLong heardAtNanos;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final TableBuilder builder = new TableBuilder();
  private final Consumer<RouteTable> onChange;

  PublishedTable(long nowNanos, Consumer<RouteTable> onChange) {
    this.heardAtNanos = new AtomicLong(nowNanos);
    this.onChange = onChange;
  }

  RouteTable table() {
    return table.get();
  }

  void publish(RoutingView view, long nowNanos) {
    RouteTable next = builder.table(view, nowNanos);
    table.set(next);
    ready.complete(null);
    onChange.accept(next);
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
}
