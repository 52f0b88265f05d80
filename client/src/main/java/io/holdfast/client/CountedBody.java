package io.holdfast.client;

import io.holdfast.client.view.Use;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer; once no more of it comes, its request runs no longer. */
final class CountedBody<T> implements BodySubscriber<T> {

  private final BodySubscriber<T> body;
  private final Use use;

  private CountedBody(BodySubscriber<T> body, Use use) {
    this.body = body;
    this.use = use;
  }

  static <T> CountedBody<T> of(BodySubscriber<T> body, Use use) {
    return new CountedBody<>(body, use);
  }

  @Override
  public CompletionStage<T> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    body.onSubscribe(new Counted(subscription, use));
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    body.onNext(part);
  }

  @Override
  public void onError(Throwable error) {
    use.end();
    body.onError(error);
  }

  @Override
  public void onComplete() {
    use.end();
    body.onComplete();
  }

  private record Counted(Subscription subscription, Use use) implements Subscription {

    @Override
    public void request(long parts) {
      subscription.request(parts);
    }

    @Override
    public void cancel() {
      use.end();
      subscription.cancel();
    }
  }
}
