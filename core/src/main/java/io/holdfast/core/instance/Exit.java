package io.holdfast.core.instance;

import io.holdfast.core.spec.RestartType;
import java.time.Instant;
import java.util.List;

/**
 * The end of an instance, with the evidence.
 *
 * @param log the last lines of its output, oldest first, at most {@link #MOST_LOG_LINES}
 * @param probe what the probe said that condemned it, or its requests; blank when none did
 */
public record Exit(ExitStatus status, ExitCause cause, Instant at, String probe, List<String> log) {

  public static final int MOST_LOG_LINES = 20;

  public Exit {
    log = List.copyOf(log.subList(Math.max(0, log.size() - MOST_LOG_LINES), log.size()));
  }

  /** The same end, with the last lines of its output. */
  public Exit withLog(List<String> lines) {
    return new Exit(status, cause, at, probe, lines);
  }

  /** True when the process ended by its own decision and said all was well. */
  public boolean endedWell() {
    return cause == ExitCause.SELF && status.equals(new ExitStatus.Code(0));
  }

  /** True unless somebody asked for it. */
  public boolean isFailure() {
    return switch (cause) {
      case SELF, LAUNCH, START_DEADLINE, LIVENESS, THRESHOLDS, NODE_LOST, LEASE -> true;
      case REQUESTED, SHUTDOWN -> false;
    };
  }

  /** True when an end like this is the last one of a child of this type. */
  public boolean isFinalFor(RestartType type) {
    return switch (type) {
      case PERMANENT -> false;
      case TRANSIENT -> endedWell();
      case TEMPORARY -> true;
    };
  }

  /** The kind of failure it is, to tell whether another one is the same. */
  public String signature() {
    return switch (cause) {
      case SELF, LAUNCH -> status.toString();
      case START_DEADLINE, LIVENESS, THRESHOLDS, NODE_LOST, LEASE, REQUESTED, SHUTDOWN ->
          cause.name();
    };
  }

  /** One plain sentence, without a full stop. */
  public String reason() {
    return switch (cause) {
      case SELF, LAUNCH -> status.toString();
      case START_DEADLINE -> "was not ready in time" + detail();
      case LIVENESS -> "failed its liveness probe" + detail();
      case THRESHOLDS -> "exceeded its thresholds";
      case NODE_LOST -> "was lost with its host";
      case LEASE -> "was ended by its guard, because its agent had no word for its lease";
      case REQUESTED -> "was stopped on request";
      case SHUTDOWN -> "was stopped with its agent";
    };
  }

  private String detail() {
    return probe.isBlank() ? "" : ": " + probe;
  }
}
