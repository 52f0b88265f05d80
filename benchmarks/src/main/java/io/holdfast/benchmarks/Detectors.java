package io.holdfast.benchmarks;

import akka.remote.FailureDetector;
import akka.remote.PhiAccrualFailureDetector;
import io.holdfast.core.detection.HeartbeatDetector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * How soon a silence is found suspect, how often that is a mistake, and how long the mistake lasts
 * (the figures of Chen, Toueg and Aguilera, IEEE Transactions on Computers 2002): ours beside a phi
 * detector with Akka's defaults, on the same heartbeats, in virtual time.
 *
 * <p>Argument: hours of each kind of heartbeats (20).
 */
final class Detectors {

  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration WARM = Duration.ofMinutes(5);
  private static final int CRASHES = 500;
  private static final double NANOS_PER_SECOND = 1e9;

  private interface Detector {
    void beat(long now);

    boolean suspects(long now);
  }

  private static final class Ours implements Detector {
    private final HeartbeatDetector detector = new HeartbeatDetector(INTERVAL, 0);
    private boolean suspect;

    Ours() {
      detector.began(0);
    }

    @Override
    public void beat(long now) {
      detector.beat(now);
      suspect = false;
    }

    @Override
    public boolean suspects(long now) {
      suspect = suspect || detector.check(now) != HeartbeatDetector.Finding.FINE;
      return suspect;
    }
  }

  /** Threshold 8, 1,000 samples, at least 100 ms of deviation, a pause of 3 s accepted. */
  private static final class Plain implements Detector {
    private long now;
    private final PhiAccrualFailureDetector detector =
        new PhiAccrualFailureDetector(
            8.0,
            1_000,
            finite(Duration.ofMillis(100)),
            finite(Duration.ofSeconds(3)),
            finite(Duration.ofSeconds(1)),
            Option.empty(),
            new FailureDetector.Clock() {
              @Override
              public Object apply() {
                return TimeUnit.NANOSECONDS.toMillis(now);
              }
            });

    private static FiniteDuration finite(Duration duration) {
      return FiniteDuration.create(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void beat(long moment) {
      now = moment;
      detector.heartbeat();
    }

    @Override
    public boolean suspects(long moment) {
      now = moment;
      return detector.isMonitoring() && !detector.isAvailable();
    }
  }

  private Detectors() {}

  public static void main(String[] arguments) {
    Duration hours = Duration.ofHours(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20);
    for (HeartbeatTrace trace : HeartbeatTrace.values()) {
      report(trace, "ours", Ours::new, hours);
      report(trace, "phi, Akka's defaults", Plain::new, hours);
    }
  }

  private static void report(
      HeartbeatTrace trace, String name, Supplier<Detector> detector, Duration hours) {
    double[] crashes = new double[CRASHES];
    for (int i = 0; i < CRASHES; i++) {
      crashes[i] = afterCrash(trace, detector.get(), i);
    }
    Arrays.sort(crashes);
    IO.println(
        String.format(
            Locale.ROOT,
            "%-8s %-21s a crash is suspected after %.2f s (median; p99 %.2f); %s",
            trace,
            name,
            crashes[CRASHES / 2],
            crashes[CRASHES * 99 / 100],
            mistakes(trace, detector.get(), hours)));
  }

  /** Of a process that ends at any moment between two heartbeats. */
  private static double afterCrash(HeartbeatTrace trace, Detector detector, int seed) {
    Random random = new Random(seed);
    List<Long> arrivals = trace.arrivals(WARM.plusMinutes(5), seed);
    long crash = WARM.toNanos() + (long) (random.nextDouble() * WARM.toNanos() / 2);
    long look = 0;
    for (long arrival : arrivals) {
      if (arrival > crash) {
        break;
      }
      for (; look < arrival; look += LOOK.toNanos()) {
        detector.suspects(look);
      }
      detector.beat(arrival);
    }
    while (look < crash || !detector.suspects(look)) {
      look += LOOK.toNanos();
    }
    return (look - crash) / NANOS_PER_SECOND;
  }

  private static String mistakes(HeartbeatTrace trace, Detector detector, Duration hours) {
    int mistakes = 0;
    long wrong = 0;
    long since = -1;
    long look = 0;
    for (long arrival : trace.arrivals(hours, 1)) {
      for (; look < arrival; look += LOOK.toNanos()) {
        if (detector.suspects(look) && since < 0) {
          since = look;
          mistakes++;
        }
      }
      detector.beat(arrival);
      if (since >= 0) {
        wrong += arrival - since;
        since = -1;
      }
    }
    return mistakes == 0
        ? "no mistake in " + hours.toHours() + " h"
        : String.format(
            Locale.ROOT,
            "%d mistakes in %d h, one every %.1f min, %.2f s each",
            mistakes,
            hours.toHours(),
            hours.toMinutes() / (double) mistakes,
            wrong / NANOS_PER_SECOND / mistakes);
  }
}
