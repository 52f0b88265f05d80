package io.holdfast.client;

import io.holdfast.client.view.Course;
import io.holdfast.client.view.FollowedView;
import io.holdfast.client.view.HttpRules;
import io.holdfast.client.view.RouteTable;
import io.holdfast.client.view.RoutedService;
import io.holdfast.core.balancing.Wanted;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Sends requests for {@code http://<service>/...} to instances that work, as a gateway does.
 *
 * <p>The host is the service's name, with or without {@code .holdfast}, or its {@code
 * routing.host}; a port beside it means nothing. The service's policy decides how an instance is
 * chosen, which failures are tried again elsewhere, and for how long an answer is waited for,
 * unless the request's own timeout is shorter; both end with the head of the answer. Tried again is
 * only what was never sent, or may be carried out twice: by its method or its {@code
 * Idempotency-Key}; and what has a body of unknown length only before that was begun, as nobody
 * knows whether it can be had twice. Where the policy says so, a request that takes long is sent to
 * a second instance as well, if it may be carried out twice and its body has a known length; the
 * earlier answer is taken, and the other request is cancelled.
 *
 * <p>A request for which no instance is usable waits for one: up to five seconds of its time, and
 * no more than {@value io.holdfast.client.view.WaitingRoom#SEATS} of a load balancer at once; what
 * comes then fails at once ({@link NoInstanceException}). How many requests are sent and not
 * answered yet is the caller's doing, within what the service can answer in time.
 *
 * <p>It speaks HTTP/1.1. Instances see the address they listen on as {@code Host}, and the
 * service's as {@code X-Forwarded-Host}, and in {@code X-Holdfast-Timeout-Ms} how long the answer
 * is waited for, which a service may pass on; with {@code
 * -Djdk.httpclient.allowRestrictedHeaders=host} they see the service's as both. Answers bear {@code
 * X-Holdfast-Instance} and {@code X-Holdfast-Attempts}. An instance runs a request until the body
 * of its answer was read, or the stream in which it comes was closed.
 */
public final class BalancedHttpClient {

  private final LoadBalancer balancer;
  private final HttpClient http;

  private BalancedHttpClient(LoadBalancer balancer, HttpClient http) {
    this.balancer = balancer;
    this.http = http;
  }

  static BalancedHttpClient by(LoadBalancer balancer, HttpClient http) {
    return new BalancedHttpClient(balancer, http);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws NoInstanceException when there is nobody to send it to
   * @throws java.net.http.HttpTimeoutException when its time is over
   * @throws IOException when its last try has failed
   * @throws InterruptedException when the thread is interrupted; the request is given up then
   * @throws IllegalArgumentException when it is not for {@code http}
   */
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = sendAsync(request, handler);
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    }
  }

  /**
   * Sends a request. To cancel what is returned gives it up.
   *
   * @throws IllegalArgumentException when it is not for {@code http}
   */
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    URI uri = request.uri();
    if (!"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("expected http://<service>/..., got " + uri);
    }
    FollowedView view = balancer.view();
    Optional<RoutedService> service = LoadBalancer.service(view.table(), uri.getHost());
    if (service.isEmpty()) {
      return CompletableFuture.failedFuture(unknown(view.table(), uri.getHost()));
    }
    Wanted wanted = new Wanted(Set.of(), isSafe(request), balancer.key());
    Course course = Course.begin(view, service.get(), wanted, System.nanoTime());
    return Exchange.of(balancer, http, request, handler, course).start();
  }

  private static NoInstanceException unknown(RouteTable table, String host) {
    return new NoInstanceException(
        table.isHeld() ? "There is no service '" + host + "'." : "No routing view is held yet.");
  }

  private static boolean isSafe(HttpRequest request) {
    return HttpRules.isIdempotent(request.method())
        || request.headers().firstValue(HttpRules.KEY).isPresent();
  }
}
