package io.holdfast.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * The body of a request, which may be asked for anew with each try.
 *
 * <p>What has a length is taken for data that can be read again; what has none may be a stream that
 * is there once.
 */
final class SentBody implements BodyPublisher {

  private final BodyPublisher publisher;
  private final TimeLeft time;
  private volatile boolean begun;
  private volatile boolean broken;

  private SentBody(BodyPublisher publisher, TimeLeft time) {
    this.publisher = publisher;
    this.time = time;
  }

  static SentBody of(Optional<BodyPublisher> publisher, TimeLeft time) {
    return new SentBody(publisher.orElseGet(BodyPublishers::noBody), time);
  }

  boolean isReplayable() {
    return !begun || isReadAtWill();
  }

  /** Whether it can be had again and again, also twice at the same time. */
  boolean isReadAtWill() {
    return publisher.contentLength() >= 0;
  }

  /** Whether it could not be had from whoever gives it. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public long contentLength() {
    return publisher.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    begun = true;
    publisher.subscribe(new Noted(subscriber));
  }

  private final class Noted implements Subscriber<ByteBuffer> {

    private final Subscriber<? super ByteBuffer> subscriber;

    private Noted(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
      time.bodyGoesOn(System.nanoTime());
      subscriber.onNext(part);
    }

    @Override
    public void onError(Throwable error) {
      broken = true;
      subscriber.onError(error);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
