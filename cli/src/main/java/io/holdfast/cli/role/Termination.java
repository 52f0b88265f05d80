package io.holdfast.cli.role;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for TERM, Ctrl-C or a closed terminal; a second one ends the process at once.
 *
 * <p>A shutdown hook would not do: the JVM would leave with 143 instead of 0, and a second Ctrl-C
 * would be ignored.
 */
public final class Termination {

  private static final int ENDED_BY_USER = 130;
  private static final String[] SIGNALS = {"TERM", "INT", "HUP"};

  private final CountDownLatch asked = new CountDownLatch(1);

  private Termination() {}

  /**
   * Takes the signals over from now on. One that this process was told to ignore, by nohup or by a
   * shell that put it in the background, stays ignored: the JVM sees to that.
   */
  public static Termination ofProcess() {
    Termination termination = new Termination();
    for (String signal : SIGNALS) {
      OsSignal.handle(signal, termination::request);
    }
    return termination;
  }

  /** One that only {@link #request} ends. */
  public static Termination byRequest() {
    return new Termination();
  }

  /** What a signal does. */
  public void request() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(ENDED_BY_USER);
    }
    asked.countDown();
  }

  public void await() throws InterruptedException {
    asked.await();
  }

  /** True as soon as the end is asked for, false after {@code atMost}. */
  public boolean await(Duration atMost) throws InterruptedException {
    return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  public boolean isRequested() {
    return asked.getCount() == 0;
  }
}
