package io.holdfast.protocol.spec;

import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.core.spec.Exclusivity;
import io.holdfast.core.spec.HoldPolicy;
import io.holdfast.core.spec.ReplacePolicy;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.StandbyPolicy;
import io.holdfast.core.spec.StopPolicy;

/**
 * Reads how failures are answered: restart, move, hold, standby; and how an instance is stopped.
 */
final class FailureReader {

  private FailureReader() {}

  static RestartPolicy restart(Section document) {
    return document
        .section("restart")
        .map(FailureReader::readRestart)
        .orElse(RestartPolicy.DEFAULT);
  }

  static ReplacePolicy replace(Section document) {
    ReplacePolicy usual = ReplacePolicy.DEFAULT;
    return document
        .section("replace")
        .map(
            s ->
                s.build(
                    usual,
                    () ->
                        new ReplacePolicy(
                            s.whole("limit", usual.limit()),
                            s.duration("period", usual.period()),
                            s.duration("remember", usual.remember()))))
        .orElse(usual);
  }

  static Exclusivity exclusivity(Section document) {
    Exclusivity usual = Exclusivity.NONE;
    return new Exclusivity(
        document.flag("exclusive", usual.required()), document.duration("lease", usual.lease()));
  }

  static HoldPolicy hold(Section document) {
    HoldPolicy usual = HoldPolicy.DEFAULT;
    return document
        .section("hold")
        .map(s -> s.build(usual, () -> new HoldPolicy(s.duration("retry", usual.retry()))))
        .orElse(usual);
  }

  static StandbyPolicy standby(Section document) {
    StandbyPolicy usual = StandbyPolicy.NONE;
    return document
        .section("standby")
        .map(s -> s.build(usual, () -> new StandbyPolicy(s.whole("count", usual.count()))))
        .orElse(usual);
  }

  static StopPolicy stop(Section document) {
    StopPolicy usual = StopPolicy.DEFAULT;
    return document
        .section("stop")
        .map(
            s ->
                s.build(
                    usual,
                    () ->
                        new StopPolicy(
                            s.text("signal").orElse(usual.signal()),
                            s.duration("grace", usual.grace()))))
        .orElse(usual);
  }

  private static RestartPolicy readRestart(Section section) {
    RestartPolicy usual = RestartPolicy.DEFAULT;
    return section.build(
        usual,
        () ->
            new RestartPolicy(
                section.choice("type", usual.type()),
                section.choice("strategy", usual.strategy()),
                section.whole("intensity", usual.intensity()),
                section.duration("period", usual.period()),
                section
                    .section("backoff")
                    .map(FailureReader::readBackoff)
                    .orElse(usual.backoff())));
  }

  private static BackoffPolicy readBackoff(Section section) {
    BackoffPolicy usual = BackoffPolicy.DEFAULT;
    return section.build(
        usual,
        () ->
            new BackoffPolicy(
                section.duration("initial", usual.initial()),
                section.number("factor", usual.factor()),
                section.duration("max", usual.max()),
                section.number("jitter", usual.jitter()),
                section.duration("reset", usual.reset())));
  }
}
