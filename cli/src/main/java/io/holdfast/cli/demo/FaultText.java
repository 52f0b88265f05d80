package io.holdfast.cli.demo;

import io.holdfast.cli.client.Table;
import io.holdfast.cli.console.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Faults in words: a line while they happen, a table at the end. */
final class FaultText {

  private FaultText() {}

  static String outcome(Fault fault) {
    return "detected "
        + span(fault.detected())
        + ", isolated "
        + span(fault.isolated())
        + ", repaired "
        + span(fault.repaired())
        + ", requests failed "
        + fault.failed();
  }

  /** Injected at counts from the start of the demo, everything else from the injection. */
  static String table(List<Fault> faults, Instant start) {
    Table table =
        Table.of("#", "FAULT", "INJECTED AT", "DETECTED", "ISOLATED", "REPAIRED", "FAILED");
    for (Fault fault : faults) {
      table.row(
          String.valueOf(fault.number()),
          fault.what(),
          "+" + DurationText.words(Duration.between(start, fault.at())),
          span(fault.detected()),
          span(fault.isolated()),
          span(fault.repaired()),
          String.valueOf(fault.failed()));
    }
    return table.render();
  }

  static String summary(List<Fault> faults, long requests, long failed) {
    return "demo: faults=%d repaired=%d requests=%d failed=%d"
        .formatted(
            faults.size(), faults.stream().filter(Fault::isRepaired).count(), requests, failed);
  }

  private static String span(Optional<Duration> span) {
    return span.map(DurationText::words).orElse("no");
  }
}
