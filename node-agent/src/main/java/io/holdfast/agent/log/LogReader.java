package io.holdfast.agent.log;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.InstanceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers one order, on a thread of its own, as fast as the answers are taken. */
final class LogReader {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /**
   * How long to wait for another launch after one that is forgotten.
   *
   * @param afterAStop one that was told to end is followed by another at once, or by none
   * @param afterAFailure one that failed may be tried again as slowly as its service's hold says
   */
  record Patience(Duration afterAStop, Duration afterAFailure) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(15));
  }

  private final LogOrder order;
  private final InstanceStore store;
  private final Patience patience;
  private final LogSink sink;

  LogReader(LogOrder order, InstanceStore store, Patience patience, LogSink sink) {
    this.order = order;
    this.store = store;
    this.patience = patience;
    this.sink = sink;
  }

  void run() throws InterruptedException {
    try {
      Optional<InstanceDirectory> first = first();
      if (first.isEmpty()) {
        sink.end(nothing());
        return;
      }
      if (follow(first.get())) {
        sink.end("");
      }
    } catch (IOException e) {
      sink.end("the log cannot be read: " + e.getMessage());
    }
  }

  private Optional<InstanceDirectory> first() throws IOException {
    return store.launches(order.service(), order.slot()).stream()
        .filter(launch -> Files.exists(launch.output()))
        .skip(order.previous() ? 1 : 0)
        .findFirst();
  }

  /** False when nobody waits for an end. */
  private boolean follow(InstanceDirectory first) throws IOException, InterruptedException {
    Optional<InstanceDirectory> launch = Optional.of(first);
    int tail = order.tail();
    while (launch.isPresent()) {
      InstanceDirectory current = launch.get();
      try (LogFile log = LogFile.open(current.output(), tail, order.follow())) {
        if (!copy(log)) {
          return false;
        }
        launch = order.follow() && !order.previous() ? follow(log, current) : Optional.empty();
      }
      tail = 0;
    }
    return true;
  }

  private boolean copy(LogFile log) throws IOException, InterruptedException {
    for (byte[] data = log.next(); data.length > 0; data = log.next()) {
      if (!sink.send(data)) {
        return false;
      }
    }
    return true;
  }

  /** The launch that has taken over, once there is one; empty when none will. */
  private Optional<InstanceDirectory> follow(LogFile log, InstanceDirectory current)
      throws IOException, InterruptedException {
    Duration forgotten = Duration.ZERO;
    while (forgotten.compareTo(patience(current)) < 0) {
      Thread.sleep(LOOK_AGAIN);
      List<InstanceDirectory> later = later(current);
      if (!copy(log)) {
        return Optional.empty();
      }
      if (!later.isEmpty()) {
        return Optional.of(later.getLast());
      }
      forgotten = isGone(current) ? forgotten.plus(LOOK_AGAIN) : Duration.ZERO;
    }
    return Optional.empty();
  }

  private static boolean isGone(InstanceDirectory launch) {
    return InstanceStore.isForgotten(launch) || Files.notExists(launch.path());
  }

  private Duration patience(InstanceDirectory current) throws IOException {
    return store.isOver(current) ? patience.afterAStop() : patience.afterAFailure();
  }

  /** Launches after {@code current} that have printed something, the latest first. */
  private List<InstanceDirectory> later(InstanceDirectory current) throws IOException {
    return store.launches(order.service(), order.slot()).stream()
        .filter(launch -> launch.instance().epoch() > current.instance().epoch())
        .filter(launch -> Files.exists(launch.output()))
        .toList();
  }

  private String nothing() {
    String slot = order.service() + "/" + order.slot();
    return order.previous()
        ? "there is no log of an earlier launch of " + slot + " on this node"
        : "there is no log of " + slot + " on this node";
  }
}
