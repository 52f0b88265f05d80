package io.holdfast.supervisor;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Several answers as one. */
final class Stages {

  private Stages() {}

  /** All of them, in their order; fails when one does. */
  static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
    List<CompletableFuture<T>> futures =
        stages.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> futures.stream().map(CompletableFuture::join).toList());
  }
}
