package io.holdfast.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer that nobody waits for any more: its connection is closed. */
final class DroppedBody<T> implements BodySubscriber<T> {

  @Override
  public CompletionStage<T> getBody() {
    return CompletableFuture.failedStage(new IOException("given up for another try"));
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> part) {}

  @Override
  public void onError(Throwable error) {}

  @Override
  public void onComplete() {}
}
