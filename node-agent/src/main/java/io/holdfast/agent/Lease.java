package io.holdfast.agent;

import io.holdfast.agent.host.AcknowledgedBeat;
import io.holdfast.agent.host.Machine;
import io.holdfast.agent.process.GuardOrder;
import io.holdfast.core.spec.ServiceSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What exclusive instances live on: that a supervisor hears of this agent. Lives on the loop. */
final class Lease {

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** An agent that has just been greeted has its first heartbeat acknowledged within this. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final AcknowledgedBeat file;
  private CompletableFuture<Void> next = new CompletableFuture<>();
  private Optional<Duration> latest = Optional.empty();

  Lease(AcknowledgedBeat file) {
    this.file = file;
  }

  /**
   * A heartbeat has been acknowledged.
   *
   * @param sentAt since boot
   * @param needed whether anything here lives on it
   */
  void granted(Duration sentAt, boolean needed) {
    latest = Optional.of(sentAt);
    next.complete(null);
    next = new CompletableFuture<>();
    if (needed) {
      try {
        file.write(sentAt);
      } catch (IOException e) {
        LOG.warn("The lease of exclusive services cannot be renewed: {}", e.toString());
      }
    }
  }

  /** Completes when a launch need not wait any longer, be it for nothing. */
  CompletionStage<Void> awaited(ServiceSpec spec) {
    return !spec.exclusivity().required() || isFresh(spec.exclusivity().lease())
        ? CompletableFuture.completedFuture(null)
        : next.copy().completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why it must not be launched now; if nothing is in the way, a guard can be sure of that too. */
  Optional<String> obstacle(ServiceSpec spec) {
    if (!spec.exclusivity().required()) {
      return Optional.empty();
    }
    Duration lease = spec.exclusivity().lease();
    if (!isFresh(lease)) {
      return Optional.of(
          "it is exclusive, and no supervisor has heard of its agent for "
              + lease.toSeconds()
              + "s");
    }
    try {
      file.write(latest.orElseThrow());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("it is exclusive, and its lease cannot be written: " + e.getMessage());
    }
  }

  /** Absent for what may live on without its agent. */
  Optional<GuardOrder> guard(ServiceSpec spec) {
    Duration lease = spec.exclusivity().lease();
    Duration half = lease.dividedBy(2);
    Duration grace = spec.stop().grace();
    return spec.exclusivity().required()
        ? Optional.of(
            new GuardOrder(
                file.file(), lease, grace.compareTo(half) < 0 ? grace : half, spec.stop().signal()))
        : Optional.empty();
  }

  private boolean isFresh(Duration lease) {
    Duration now = Machine.sinceBoot();
    return latest.filter(sent -> now.minus(sent).compareTo(lease) < 0).isPresent();
  }
}
