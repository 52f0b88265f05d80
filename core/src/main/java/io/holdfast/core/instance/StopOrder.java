package io.holdfast.core.instance;

/**
 * Why an instance is being ended.
 *
 * @param probe what the probe said that condemned it; blank when no probe did
 */
public record StopOrder(ExitCause cause, String probe) {

  static StopOrder of(ExitCause cause) {
    return new StopOrder(cause, "");
  }
}
