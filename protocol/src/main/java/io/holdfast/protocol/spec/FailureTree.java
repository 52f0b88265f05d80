package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.core.spec.HoldPolicy;
import io.holdfast.core.spec.ReplacePolicy;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.StandbyPolicy;
import io.holdfast.core.spec.StopPolicy;

/** Writes how failures are answered, and how an instance is stopped. */
final class FailureTree {

  private FailureTree() {}

  static void write(ServiceSpec spec, ObjectNode into) {
    StopPolicy stop = StopPolicy.DEFAULT;
    new Part(into)
        .with("restart", restart(spec.restart()))
        .with("replace", replace(spec.replace()))
        .with("hold", Part.empty().with("retry", spec.hold().retry(), HoldPolicy.DEFAULT.retry()))
        .with(
            "standby",
            Part.empty().with("count", spec.standby().count(), StandbyPolicy.NONE.count()))
        .with(
            "stop",
            Part.empty()
                .with("signal", spec.stop().signal(), stop.signal())
                .with("grace", spec.stop().grace(), stop.grace()));
  }

  private static Part restart(RestartPolicy restart) {
    RestartPolicy usual = RestartPolicy.DEFAULT;
    return Part.empty()
        .with("type", restart.type(), usual.type())
        .with("strategy", restart.strategy(), usual.strategy())
        .with("intensity", restart.intensity(), usual.intensity())
        .with("period", restart.period(), usual.period())
        .with("backoff", backoff(restart.backoff()));
  }

  private static Part replace(ReplacePolicy replace) {
    ReplacePolicy usual = ReplacePolicy.DEFAULT;
    return Part.empty()
        .with("limit", replace.limit(), usual.limit())
        .with("period", replace.period(), usual.period())
        .with("remember", replace.remember(), usual.remember());
  }

  private static Part backoff(BackoffPolicy backoff) {
    BackoffPolicy usual = BackoffPolicy.DEFAULT;
    return Part.empty()
        .with("initial", backoff.initial(), usual.initial())
        .with("factor", backoff.factor(), usual.factor())
        .with("max", backoff.max(), usual.max())
        .with("jitter", backoff.jitter(), usual.jitter())
        .with("reset", backoff.reset(), usual.reset());
  }
}
