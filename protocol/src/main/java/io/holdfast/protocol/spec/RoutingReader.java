package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.OutlierPolicy;
import io.holdfast.core.spec.RetryOn;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.TryTimeout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how requests reach a service, and how a new version takes over. */
final class RoutingReader {

  static final String AUTO = "auto";

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
            s -> {
              Duration deadline = s.duration("deadline", usual.deadline());
              return s.build(
                  usual,
                  () ->
                      new RolloutPolicy(
                          s.whole("canary", usual.canary()),
                          s.duration("healthyFor", RolloutPolicy.usualHealthyFor(deadline)),
                          deadline,
                          s.flag("autoRevert", usual.autoRevert())));
            })
        .orElse(usual);
  }

  private static RoutingPolicy readRouting(Section section) {
    RoutingPolicy usual = RoutingPolicy.DEFAULT;
    return section.build(
        usual,
        () ->
            new RoutingPolicy(
                section.choice("policy", usual.policy()),
                section.text("host"),
                section.duration("timeout", usual.timeout()),
                section.duration("connectTimeout", usual.connectTimeout()),
                section
                    .value("tryTimeout", "expected auto or a duration", RoutingReader::tryTimeout)
                    .orElse(usual.tryTimeout()),
                section.section("retries").map(RoutingReader::readRetries).orElse(usual.retries()),
                section.section("outlier").map(RoutingReader::readOutlier).orElse(usual.outlier()),
                section.duration("slowStart", usual.slowStart()),
                readEntrance(section)));
  }

  private static Optional<TryTimeout> tryTimeout(SpecNode node) {
    return Scalars.text(node)
        .flatMap(
            text ->
                text.equals(AUTO)
                    ? Optional.of(new TryTimeout.Learned())
                    : DurationText.parse(text).map(TryTimeout.Fixed::new));
  }

  private static Entrance readEntrance(Section section) {
    Optional<Integer> listen = section.whole("listen");
    Entrance.Mode mode = section.choice("mode", Entrance.Mode.HTTP);
    boolean refused = listen.isEmpty() && section.has("listen");
    return refused ? Entrance.shared() : Entrance.of(listen, mode);
  }

  private static RetryPolicy readRetries(Section section) {
    RetryPolicy usual = RetryPolicy.DEFAULT;
    return section.build(
        usual,
        () ->
            new RetryPolicy(
                section.whole("max", usual.max()),
                section.number("budget", usual.budget()),
                section.whole("minPerSecond", usual.minPerSecond()),
                section
                    .list("on", RetryWords.EXPECTED, RetryWords::read)
                    .map(RoutingReader::known)
                    .orElse(usual.on()),
                section
                    .value("hedge", RetryWords.HEDGE_EXPECTED, RetryWords::hedge)
                    .orElse(usual.hedge())));
  }

  private static Set<RetryOn> known(List<Optional<RetryOn>> read) {
    return read.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
  }

  private static OutlierPolicy readOutlier(Section section) {
    OutlierPolicy usual = OutlierPolicy.DEFAULT;
    return section.build(
        usual,
        () ->
            new OutlierPolicy(
                section.whole("consecutiveConnect", usual.consecutiveConnect()),
                section.number("failureRate", usual.failureRate()),
                section.duration("baseEjection", usual.baseEjection()),
                section.duration("maxEjection", usual.maxEjection())));
  }
}
