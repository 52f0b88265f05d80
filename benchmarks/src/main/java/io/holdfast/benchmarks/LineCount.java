package io.holdfast.benchmarks;

import io.holdfast.agent.log.LogSink;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Reads the lines of a {@link FloodWriter} and counts what is wrong with them. */
final class LineCount implements LogSink {

  private final CountDownLatch ended = new CountDownLatch(1);
  private byte[] rest = new byte[0];
  private long first;
  private long last;
  private long missing;
  private long again;
  private long torn;

  @Override
  public synchronized boolean send(byte[] data) {
    byte[] text = new byte[rest.length + data.length];
    System.arraycopy(rest, 0, text, 0, rest.length);
    System.arraycopy(data, 0, text, rest.length, data.length);
    int at = 0;
    for (; at + FloodWriter.LINE_BYTES <= text.length; at += FloodWriter.LINE_BYTES) {
      line(FloodWriter.number(text, at));
    }
    rest = Arrays.copyOfRange(text, at, text.length);
    return true;
  }

  private void line(long number) {
    if (number < 0) {
      torn++;
    } else if (first == 0) {
      first = number;
      last = number;
    } else if (number <= last) {
      again++;
    } else {
      missing += number - last - 1;
      last = number;
    }
  }

  @Override
  public void end(String error) {
    ended.countDown();
  }

  synchronized long last() {
    return last;
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  synchronized String line() {
    return "lines %,d to %,d: missing=%d doubled=%d torn=%d"
        .formatted(first, last, missing, again, torn);
  }
}
