package io.holdfast.benchmarks;

/** What was made of a host. */
final class HostTally {

  private static final long NOT_YET = -1;

  private int suspected;
  private int doubted;
  private int trusted;
  private int buried;
  private int condemned;
  private long suspectedAt = NOT_YET;
  private long condemnedAt = NOT_YET;

  void suspected(long now) {
    suspected++;
    suspectedAt = now;
  }

  void doubted() {
    doubted++;
  }

  void trusted() {
    trusted++;
  }

  void buried(int instances) {
    buried += instances;
  }

  void condemned(long now) {
    condemned++;
    condemnedAt = now;
  }

  int suspicions() {
    return suspected;
  }

  /** Its endpoints were to be used only in need. */
  int doubts() {
    return doubted;
  }

  /** They were as good as any again, although the agent was not heard. */
  int trusts() {
    return trusted;
  }

  int burials() {
    return buried;
  }

  int condemnations() {
    return condemned;
  }

  /** The last time. */
  long suspectedAt() {
    return suspectedAt;
  }

  /** The last time; before all time if never. */
  long condemnedAt() {
    return condemnedAt;
  }
}
