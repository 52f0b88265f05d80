package io.holdfast.agent.log;

import io.holdfast.agent.log.RotationPlan.Ability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log that is kept within its limits. Lives on the thread of its {@link LogRotation}. */
final class RotatedLog {

  /**
   * Between two looks at a log that does not grow. What a flood may add to the limits before it is
   * noticed is what the disk takes in this time.
   */
  static final Duration IDLE = Duration.ofSeconds(1);

  private static final Duration SOONEST = Duration.ofMillis(20);
  private static final Logger LOG = LoggerFactory.getLogger(RotatedLog.class);

  private final Path output;
  private final LogLimits limits;
  private final Runnable noHoles;
  private final LogMover mover;
  private Ability ability = Ability.MOVE;
  private boolean troubled;
  private boolean resumed;

  /** True when there is more to do than the size tells. */
  private boolean unfinished = true;

  private long size;
  private long lookedAt;

  /**
   * A log that has not been looked at.
   *
   * @param noHoles told when it cannot be rotated, ever
   */
  RotatedLog(Path output, LogLimits limits, Runnable noHoles) {
    this.output = output;
    this.limits = limits;
    this.noHoles = noHoles;
    this.mover = new LogMover(output);
  }

  /**
   * Looks at the log, and takes a step if it is too long.
   *
   * @param now of a clock that only counts on
   * @return when to look again
   */
  Duration check(long now) {
    try {
      long end = Files.size(output);
      Duration next = next(end, now);
      boolean changed = unfinished || end != size;
      size = end;
      lookedAt = now;
      unfinished = changed && rotate(end);
      return unfinished ? Duration.ZERO : next;
    } catch (NoSuchFileException e) {
      // Not launched yet, or forgotten already.
      return IDLE;
    } catch (IOException e) {
      // Tried again: room may come back.
      tell(String.valueOf(e.getMessage()));
      return IDLE;
    }
  }

  /** True when more is to be done at once. */
  private boolean rotate(long end) throws IOException {
    try {
      LogPieces rotated = LogPieces.of(output);
      if (!resumed) {
        mover.resume(rotated);
        resumed = true;
      }
      List<RotationStep> steps = RotationPlan.decide(rotated, end, limits, ability);
      for (RotationStep step : steps) {
        mover.carryOut(step);
        carriedOut(step);
      }
      return steps.stream().anyMatch(step -> !(step instanceof RotationStep.Delete));
    } catch (LogMover.NoHoles e) {
      ability = Ability.NO_HOLES;
      noHoles.run();
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      unfinished = true;
      shorten(end);
      throw e;
    }
  }

  /** Nothing can be moved: what is left to be done without. */
  private void shorten(long end) throws IOException {
    for (RotationStep step :
        RotationPlan.decide(LogPieces.of(output), end, limits, Ability.NO_ROOM)) {
      mover.carryOut(step);
    }
  }

  private void carriedOut(RotationStep step) {
    switch (step) {
      case RotationStep.Move _ -> {
        if (troubled) {
          LOG.info("The log {} is rotated again", output);
          troubled = false;
        }
      }
      case RotationStep.Empty _ ->
          LOG.warn("The log {} was emptied at {} MiB, as it cannot be rotated", output, size >> 20);
      case RotationStep.GiveUp _, RotationStep.Delete _ -> {}
    }
  }

  private void tell(String why) {
    if (!troubled) {
      LOG.warn("The log {} cannot be rotated and stays in one file for now: {}", output, why);
      troubled = true;
    }
  }

  /** By half a file at the rate of late. */
  private Duration next(long end, long now) {
    long grown = end - size;
    if (grown <= 0) {
      return IDLE;
    }
    double seconds = (now - lookedAt) / 1e9;
    Duration half = Duration.ofNanos((long) (limits.fileBytes() / 2.0 / grown * seconds * 1e9));
    if (half.compareTo(SOONEST) < 0) {
      return SOONEST;
    }
    return half.compareTo(IDLE) < 0 ? half : IDLE;
  }
}
