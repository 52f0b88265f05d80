package io.holdfast.benchmarks;

import io.holdfast.core.detection.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * When heartbeats arrive that are sent twice a second over a link, in nanoseconds since it was
 * opened. A stream delivers in order: one that is late holds up those behind it.
 */
enum HeartbeatTrace {
  /** A tenth of a millisecond, and little more. */
  QUIET {
    @Override
    double delaySeconds(Random random) {
      return 0.0001 + 0.0005 * random.nextDouble();
    }
  },
  /** Every fifth packet is lost, and sent again after 200 ms, then 400 ms, and so on. */
  LOSSY {
    @Override
    double delaySeconds(Random random) {
      double delay = 0.001;
      for (double wait = 0.2; random.nextDouble() < 0.2 && wait < 10; wait *= 2) {
        delay += wait;
      }
      return delay;
    }

    // Neither of the first two packets may be lost: they are sent again after a second only.
    @Override
    Reach knock(Random random) {
      return random.nextDouble() < 0.8 * 0.8 ? Reach.ACCEPTED : Reach.SILENT;
    }
  },
  /** The agent waits for a CPU: mostly short, at times long. */
  STARVED {
    @Override
    double delaySeconds(Random random) {
      return -0.15 * Math.log(1 - random.nextDouble());
    }
  },
  /** The agent stands still for 5 to 20 s, every ten minutes on the average. */
  PAUSED {
    @Override
    double delaySeconds(Random random) {
      return 0.0005;
    }

    @Override
    double pauseSeconds(Random random) {
      return random.nextInt(1_200) == 0 ? 5 + 15 * random.nextDouble() : 0;
    }
  },
  /** After a quarter of the time each heartbeat comes 1.7 s after the one before. */
  SLOWED {
    @Override
    double delaySeconds(Random random) {
      return 0.001;
    }

    @Override
    double intervalSeconds(double share) {
      return share < 0.25 ? 0.5 : 1.7;
    }
  };

  private static final double NANOS_PER_SECOND = 1e9;

  abstract double delaySeconds(Random random);

  double pauseSeconds(Random random) {
    return 0;
  }

  double intervalSeconds(double share) {
    return 0.5;
  }

  /**
   * What comes within half a second of connecting to what runs beside the agent, which lives. The
   * kernel accepts; neither the agent nor the service has to do anything for it.
   */
  Reach knock(Random random) {
    return Reach.ACCEPTED;
  }

  List<Long> arrivals(Duration span, long seed) {
    Random random = new Random(seed);
    List<Long> arrivals = new ArrayList<>();
    double end = span.toNanos() / NANOS_PER_SECOND;
    double arrived = 0;
    for (double sent = 0; sent < end; sent += intervalSeconds(sent / end)) {
      sent += pauseSeconds(random);
      arrived = Math.max(arrived, sent + delaySeconds(random));
      arrivals.add((long) (arrived * NANOS_PER_SECOND));
    }
    return arrivals;
  }
}
