package io.holdfast.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A steady stream of requests through the gateway, one service after the other.
 *
 * <p>The rate does not depend on the answers: a client that waits for a slow answer before it asks
 * again would hide that anything was slow.
 */
final class Load implements AutoCloseable {

  static final int PER_SECOND = 80;

  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final int MOST_AT_ONCE = 1_000;

  private final List<URI> targets;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("load").factory());
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<String> lastFailure = new AtomicReference<>("");

  private Load(List<URI> targets) {
    this.targets = List.copyOf(targets);
  }

  static Load start(URI gateway, List<String> services) {
    Load load =
        new Load(services.stream().map(name -> gateway.resolve("/-/" + name + "/")).toList());
    var _ =
        load.ticks.scheduleAtFixedRate(
            load::tick, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
    return load;
  }

  private void tick() {
    URI target = targets.get((int) (sent.getAndIncrement() % targets.size()));
    if (room.tryAcquire()) {
      requests.execute(() -> request(target));
    } else {
      fail(target + " was not sent, " + MOST_AT_ONCE + " are unanswered");
    }
  }

  private void request(URI target) {
    try {
      int status =
          http.send(
                  HttpRequest.newBuilder(target).timeout(TIMEOUT).build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        fail(target + " got status " + status);
      }
    } catch (IOException e) {
      fail(target + ": " + e);
    } catch (InterruptedException _) {
      // The demo ends: this request does not count against anyone.
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private void fail(String why) {
    failed.incrementAndGet();
    lastFailure.set(why);
  }

  long sent() {
    return sent.get();
  }

  long failed() {
    return failed.get();
  }

  /** Blank while nothing has failed. */
  String lastFailure() {
    return lastFailure.get();
  }

  /** Sends no more and lets what is on its way finish. */
  @Override
  public void close() {
    ticks.shutdownNow();
    requests.shutdown();
    try {
      if (!requests.awaitTermination(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        requests.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }
}
