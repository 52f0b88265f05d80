package io.holdfast.core.instance;

import java.time.Instant;
import java.util.List;

/**
 * The end of an instance, with the evidence.
 *
 * @param log the last lines of its output, oldest first, at most {@link #MOST_LOG_LINES}
 * @param probe what the probe said that condemned it; blank when no probe did
 */
public record Exit(ExitStatus status, ExitCause cause, Instant at, String probe, List<String> log) {

  public static final int MOST_LOG_LINES = 20;

  public Exit {
    log = List.copyOf(log.subList(Math.max(0, log.size() - MOST_LOG_LINES), log.size()));
  }

  /** True when the process ended by its own decision and said all was well. */
  public boolean endedWell() {
    return cause == ExitCause.SELF && status.equals(new ExitStatus.Code(0));
  }

  /** One plain sentence, without a full stop. */
  public String reason() {
    return switch (cause) {
      case SELF, LAUNCH -> status.toString();
      case START_DEADLINE -> "was not ready in time" + detail();
      case LIVENESS -> "failed its liveness probe" + detail();
      case REQUESTED -> "was stopped on request";
      case SHUTDOWN -> "was stopped with its agent";
    };
  }

  private String detail() {
    return probe.isBlank() ? "" : ": " + probe;
  }
}
