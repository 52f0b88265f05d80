package io.holdfast.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Closes an answer that nothing more comes of, so that its reader finds it cut off. */
final class Patience implements AutoCloseable {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final InputStream answer;
  private final AtomicLong signs = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);

  private Patience(InputStream answer) {
    this.answer = answer;
  }

  static Patience with(InputStream answer) {
    Patience patience = new Patience(answer);
    Thread.ofVirtual().name("patience").start(patience::watch);
    return patience;
  }

  /** Something has come. */
  void renew() {
    signs.incrementAndGet();
  }

  private void watch() {
    try {
      long before = -1;
      while (!over.await(LONGEST_SILENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        if (signs.get() == before) {
          answer.close();
          return;
        }
        before = signs.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("an answer that nobody waits for cannot be closed", e);
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
