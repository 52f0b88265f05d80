package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Conduct.TrialResult;
import java.time.Duration;
import java.util.Arrays;

/** Endpoints as tests write them down. */
final class Conducts {

  static final int CAPACITY = 20;

  private Conducts() {}

  static InstanceId id(int slot) {
    return new InstanceId(new ServiceName("web"), slot, slot + 1L);
  }

  static Conduct idle(int slot) {
    return conduct(slot, 0, Totals.NONE, Totals.NONE);
  }

  /** Of late and for long. */
  static Conduct of(int slot, int answered, int failed) {
    return taking(slot, answered, failed, Duration.ofMillis(1));
  }

  static Conduct taking(int slot, int answered, int failed, Duration each) {
    Totals totals = totals(answered, failed, each);
    return conduct(slot, 0, totals, totals);
  }

  /** Only of late; before it answered all of a thousand. */
  static Conduct lately(int slot, int answered, int failed) {
    Totals recent = totals(answered, failed, Duration.ofMillis(1));
    return conduct(slot, 0, recent, totals(answered + 1_000, failed, Duration.ofMillis(1)));
  }

  static Conduct refusing(int slot, int times) {
    Totals totals = totals(0, times, Duration.ZERO);
    return conduct(slot, times, totals, totals);
  }

  /** The same, and its last try brought a response. */
  static Conduct responding(Conduct one) {
    return new Conduct(
        one.instance(),
        true,
        one.refused(),
        one.recent(),
        one.lasting(),
        one.capacity(),
        one.trial());
  }

  static Conduct having(int slot, Totals seen) {
    return conduct(slot, 0, seen, seen);
  }

  static Conduct tried(int slot, TrialResult result) {
    return new Conduct(id(slot), false, 0, Totals.NONE, Totals.NONE, CAPACITY, result);
  }

  static Totals totals(int answered, int failed, Duration each) {
    int[] counts = new int[Latencies.BUCKETS];
    counts[Latencies.bucket(each.toNanos())] = answered;
    return new Totals(new Tally(answered, failed), Latencies.read(i -> counts[i]));
  }

  static Latencies latencies(long... nanos) {
    int[] counts = new int[Latencies.BUCKETS];
    Arrays.stream(nanos).forEach(one -> counts[Latencies.bucket(one)]++);
    return Latencies.read(i -> counts[i]);
  }

  private static Conduct conduct(int slot, int refused, Totals recent, Totals lasting) {
    return new Conduct(id(slot), false, refused, recent, lasting, CAPACITY, TrialResult.OPEN);
  }
}
