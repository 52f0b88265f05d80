package io.holdfast.client;

import io.holdfast.client.view.OwnThread;
import io.holdfast.client.view.RunningTries;
import io.holdfast.client.view.Use;
import io.holdfast.core.balancing.Outcome;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;

/**
 * One try of one request on one instance. Its exchange decides; what still comes after its end is
 * dropped there.
 */
final class Try<T> implements RunningTries.One {

  private final Exchange<T> exchange;
  private final Use use;
  private Optional<CompletableFuture<HttpResponse<T>>> sent = Optional.empty();
  private Optional<Future<?>> timer = Optional.empty();
  private boolean answering;
  private boolean ended;

  Try(Exchange<T> exchange, Use use) {
    this.exchange = exchange;
    this.use = use;
  }

  Use use() {
    return use;
  }

  /**
   * @param longest after which an answer is looked for elsewhere, if it can be
   */
  void start(HttpClient http, HttpRequest request, OwnThread thread, Duration longest) {
    timer = Optional.of(thread.after(longest, () -> exchange.tooLong(this)));
    CompletableFuture<HttpResponse<T>> answer = send(http, request);
    sent = Optional.of(answer);
    listen(answer);
  }

  private CompletableFuture<HttpResponse<T>> send(HttpClient http, HttpRequest request) {
    try {
      return http.sendAsync(request, info -> exchange.head(this, info));
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** The head of its answer has come, and is the caller's. */
  void answers() {
    answering = true;
    stopTimer();
  }

  boolean isAnswering() {
    return answering;
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void abandon() {
    ended = true;
    stopTimer();
    use.end();
    sent.ifPresent(answer -> answer.cancel(true));
  }

  @Override
  public void abandonAsSlower() {
    use.observe(Outcome.ANSWERED);
    abandon();
  }

  @Override
  public void abandonAsTooSlow() {
    use.observe(Outcome.TIMED_OUT);
    abandon();
  }

  // Both ends of it are told to the exchange.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void listen(CompletableFuture<HttpResponse<T>> answer) {
    answer.whenComplete(
        (response, error) -> {
          if (error == null) {
            exchange.answered(this, response);
          } else {
            exchange.broken(this, unwrapped(error));
          }
        });
  }

  private static Throwable unwrapped(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  private void stopTimer() {
    timer.ifPresent(running -> running.cancel(false));
  }
}
