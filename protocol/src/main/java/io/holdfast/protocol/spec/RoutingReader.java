package io.holdfast.protocol.spec;

import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.spec.RoutingPolicy;

/** Reads how requests reach a service, and how a new version takes over. */
final class RoutingReader {

  private RoutingReader() {}

  static RoutingPolicy routing(Section document) {
    return document
        .section("routing")
        .map(RoutingReader::readRouting)
        .orElse(RoutingPolicy.DEFAULT);
  }

  static RolloutPolicy rollout(Section document) {
    RolloutPolicy usual = RolloutPolicy.DEFAULT;
    return document
        .section("rollout")
        .map(
            s ->
                s.build(
                    usual,
                    () ->
                        new RolloutPolicy(
                            s.duration("healthyFor", usual.healthyFor()),
                            s.duration("deadline", usual.deadline()))))
        .orElse(usual);
  }

  private static RoutingPolicy readRouting(Section section) {
    RoutingPolicy usual = RoutingPolicy.DEFAULT;
    return section.build(
        usual,
        () ->
            RoutingPolicy.of(
                section.choice("policy", usual.policy()),
                section.text("host"),
                section.duration("timeout", usual.timeout()),
                section.duration("connectTimeout", usual.connectTimeout()),
                section
                    .section("retries")
                    .map(RoutingReader::readRetries)
                    .orElse(usual.retries())));
  }

  private static RetryPolicy readRetries(Section section) {
    RetryPolicy usual = RetryPolicy.DEFAULT;
    return section.build(
        usual,
        () ->
            new RetryPolicy(
                section.whole("max", usual.max()),
                section.number("budget", usual.budget()),
                section.whole("minPerSecond", usual.minPerSecond())));
  }
}
