package io.holdfast.agent.log;

import io.holdfast.agent.host.InstanceStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The readers of logs that are busy now. */
public final class LogStreams {

  static final int MOST_READERS = 32;

  private final InstanceStore store;
  private final LogReader.Patience patience;
  private final Map<Long, Thread> readers = new ConcurrentHashMap<>();

  public LogStreams(InstanceStore store) {
    this(store, LogReader.Patience.USUAL);
  }

  LogStreams(InstanceStore store, LogReader.Patience patience) {
    this.store = store;
    this.patience = patience;
  }

  public void open(LogOrder order, LogSink sink) {
    boolean full = readers.size() >= MOST_READERS;
    Thread thread =
        Thread.ofVirtual().name("log-" + order.request()).unstarted(() -> run(order, sink, full));
    if (readers.putIfAbsent(order.request(), thread) == null) {
      thread.start();
    }
  }

  public void cancel(long request) {
    Thread reader = readers.remove(request);
    if (reader != null) {
      reader.interrupt();
    }
  }

  /** Nobody is there to read any more. */
  public void cancelAll() {
    readers.keySet().forEach(this::cancel);
  }

  private void run(LogOrder order, LogSink sink, boolean full) {
    try {
      if (full) {
        sink.end("this node already serves " + MOST_READERS + " readers of logs");
      } else {
        new LogReader(order, store, patience, sink).run();
      }
    } catch (InterruptedException e) {
      // Cancelled: nobody waits for an end.
    } finally {
      readers.remove(order.request(), Thread.currentThread());
    }
  }
}
