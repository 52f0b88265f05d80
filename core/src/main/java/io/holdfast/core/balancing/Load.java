package io.holdfast.core.balancing;

/** What makes one candidate worse than another. */
enum Load {
  /** Requests in flight, over the weight. */
  IN_FLIGHT {
    @Override
    double of(Candidate candidate, long nowNanos) {
      return (candidate.inFlight() + 1.0) / candidate.weight();
    }
  },
  /** Latency times requests in flight, over the weight. */
  LATENCY {
    @Override
    double of(Candidate candidate, long nowNanos) {
      double latency = candidate.latency(nowNanos);
      int inFlight = candidate.inFlight();
      if (latency == 0 && inFlight > 0) {
        // One request at a time to an endpoint that has not answered yet.
        return UNPROVEN + inFlight;
      }
      return latency * (inFlight + 1.0) / candidate.weight();
    }
  };

  private static final double UNPROVEN = 1e15;

  abstract double of(Candidate candidate, long nowNanos);
}
