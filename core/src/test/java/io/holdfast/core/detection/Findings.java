package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import java.time.Instant;

/** What a window shows of one instance. */
final class Findings {

  private Findings() {}

  static Finding of(InstanceId instance, OutcomeWindow window, Instant now) {
    return window.findings(now).stream()
        .filter(finding -> finding.instance().equals(instance))
        .findFirst()
        .orElseThrow();
  }
}
