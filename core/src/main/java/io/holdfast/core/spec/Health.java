package io.holdfast.core.spec;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How it is told whether an instance is well: by probes, and by what its requests show. Without a
 * readiness probe an instance that has started is ready.
 *
 * @param startDeadline how long an instance may take to become ready for the first time
 */
public record Health(
    Optional<Probe> startup,
    Optional<Probe> readiness,
    Optional<Probe> liveness,
    Duration startDeadline,
    Optional<Thresholds> thresholds) {

  public static final Duration DEFAULT_START_DEADLINE = Duration.ofSeconds(30);

  public static final Health NONE =
      new Health(Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_START_DEADLINE);

  public Health {
    Check.positive("deadline", startDeadline);
  }

  /** Probes alone. */
  public Health(
      Optional<Probe> startup,
      Optional<Probe> readiness,
      Optional<Probe> liveness,
      Duration startDeadline) {
    this(startup, readiness, liveness, startDeadline, Optional.empty());
  }

  /** True when the service is to say by sd_notify how it is. */
  public boolean hasWatchdog() {
    return watchdogs(Stream.of(startup, readiness, liveness)).findAny().isPresent();
  }

  /** How long the service may at most be silent once it runs. */
  public Optional<Duration> longestSilence() {
    return watchdogs(Stream.of(readiness, liveness)).min(Comparator.naturalOrder());
  }

  /** The port that is known to accept connections once the service is ready; empty if none is. */
  public Optional<String> knownPort() {
    return Stream.of(readiness, startup, liveness)
        .flatMap(Optional::stream)
        .flatMap(probe -> port(probe.check()).stream())
        .findFirst();
  }

  private static Optional<String> port(ProbeCheck check) {
    return switch (check) {
      case ProbeCheck.Http(_, String port) -> Optional.of(port);
      case ProbeCheck.Tcp(String port) -> Optional.of(port);
      case ProbeCheck.Grpc(_, String port) -> Optional.of(port);
      case ProbeCheck.Exec _, ProbeCheck.Watchdog _ -> Optional.empty();
    };
  }

  private static Stream<Duration> watchdogs(Stream<Optional<Probe>> probes) {
    return probes
        .flatMap(Optional::stream)
        .flatMap(
            probe ->
                probe.check() instanceof ProbeCheck.Watchdog(Duration silence)
                    ? Stream.of(silence)
                    : Stream.empty());
  }
}
