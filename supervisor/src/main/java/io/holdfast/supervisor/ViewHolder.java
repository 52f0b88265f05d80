package io.holdfast.supervisor;

import io.holdfast.core.routing.RoutingView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The newest complete view, for readers that are no actors. */
final class ViewHolder {

  private final AtomicReference<RoutingView> current;
  private final CompletableFuture<Void> complete = new CompletableFuture<>();

  ViewHolder(String incarnation) {
    current = new AtomicReference<>(RoutingView.empty(incarnation));
  }

  void show(RoutingView view) {
    current.set(view);
    complete.complete(null);
  }

  RoutingView current() {
    return current.get();
  }

  boolean isComplete() {
    return complete.isDone();
  }

  /** Completes with the first view. */
  CompletableFuture<Void> completion() {
    return complete;
  }
}
