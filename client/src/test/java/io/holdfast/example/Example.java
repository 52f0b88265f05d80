package io.holdfast.example;

import io.holdfast.client.BalancedHttpClient;
import io.holdfast.client.LoadBalancer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks a service again and again, and counts who answered and what failed.
 *
 * <p>{@code Example <supervisor> <service> [<seconds> [<directory>]]}
 */
public final class Example {

  private static final int ASKING = 4;

  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final LongAdder failures = new LongAdder();

  private Example() {}

  public static void main(String[] words) throws Exception {
    String supervisor = words[0];
    URI service = URI.create("http://" + words[1] + "/");
    Duration time = Duration.ofSeconds(words.length > 2 ? Long.parseLong(words[2]) : 10);
    var settings = LoadBalancer.named("example").to(supervisor);
    if (words.length > 3) {
      settings = settings.keepingTheViewIn(Path.of(words[3]));
    }
    try (LoadBalancer balancer = settings.connect()) {
      balancer.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
      new Example().ask(balancer.http(), service, Instant.now().plus(time));
    }
  }

  private void ask(BalancedHttpClient http, URI service, Instant until) {
    try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ASKING; i++) {
        asking.execute(
            () -> {
              while (Instant.now().isBefore(until)) {
                ask(http, HttpRequest.newBuilder(service).build());
              }
            });
      }
    }
    answers.forEach((who, count) -> System.out.println(who + " " + count));
    System.out.println("failed " + failures);
  }

  private void ask(BalancedHttpClient http, HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      String who = answer.headers().firstValue("X-Holdfast-Instance").orElse("nobody");
      count(answer.statusCode() < 500 ? who : "status " + answer.statusCode());
    } catch (IOException e) {
      failures.increment();
      System.out.println(Instant.now() + " " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(String who) {
    answers.computeIfAbsent(who, _ -> new LongAdder()).increment();
  }
}
