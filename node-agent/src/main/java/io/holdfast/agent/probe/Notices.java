package io.holdfast.agent.probe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What one instance says of itself: written by who listens, read by its watchdogs. */
public final class Notices {

  private final Duration farewell;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private Said said;

  private Notices(Duration farewell, Said said) {
    this.farewell = farewell;
    this.said = said;
  }

  /**
   * Of an instance that has said nothing yet.
   *
   * @param farewell how long it may take to end once it has said that it does
   */
  public static Notices none(Duration farewell) {
    return new Notices(farewell, Said.nothing(System.nanoTime()));
  }

  /** An earlier agent has listened until now; its deadlines begin anew. */
  public void takeOver(boolean wasReady) {
    become(Said.earlier(wasReady, System.nanoTime()));
  }

  public void heard(Notice notice) {
    lock.lock();
    try {
      become(said.after(notice, farewell, System.nanoTime()));
    } finally {
      lock.unlock();
    }
  }

  Said said() {
    lock.lock();
    try {
      return said;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until more has been said than {@code version}, or for so many nanoseconds. */
  void await(long version, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && said.version() == version) {
        left = news.awaitNanos(Math.min(left, TimeUnit.DAYS.toNanos(1)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void become(Said next) {
    lock.lock();
    try {
      said = next;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
