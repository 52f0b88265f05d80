package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.Exclusivity;
import io.holdfast.core.spec.OutlierPolicy;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.TryTimeout;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Writes what a service waits for, where it goes, alone or not, how it changes, how it is reached.
 */
final class RoutingTree {

  private RoutingTree() {}

  static void write(ServiceSpec spec, ObjectNode into) {
    writeDependencies(spec.dependsOn(), into);
    Exclusivity usual = Exclusivity.NONE;
    new Part(into)
        .with("exclusive", spec.exclusivity().required(), usual.required())
        .with("lease", spec.exclusivity().lease(), usual.lease())
        .with(
            "placement",
            Part.empty()
                .with("require", labels(spec.placement().require()))
                .with("prefer", labels(spec.placement().prefer())))
        .with("rollout", rollout(spec.rollout()))
        .with("routing", routing(spec.routing()));
  }

  private static void writeDependencies(List<Dependency> dependencies, ObjectNode into) {
    if (dependencies.isEmpty()) {
      return;
    }
    ArrayNode list = into.putArray("dependsOn");
    for (Dependency dependency : dependencies) {
      ObjectNode item =
          list.addObject()
              .put("service", dependency.service().value())
              .put("condition", Scalars.word(dependency.condition()));
      new Part(item).with("onRestart", dependency.onRestart(), Dependency.OnRestart.NONE);
    }
  }

  private static Part labels(Map<String, String> labels) {
    Part part = Part.empty();
    labels.forEach(part.node()::put);
    return part;
  }

  private static Part rollout(RolloutPolicy rollout) {
    RolloutPolicy usual = RolloutPolicy.DEFAULT;
    return Part.empty()
        .with("canary", rollout.canary(), usual.canary())
        .with("healthyFor", rollout.healthyFor(), RolloutPolicy.usualHealthyFor(rollout.deadline()))
        .with("deadline", rollout.deadline(), usual.deadline())
        .with("autoRevert", rollout.autoRevert(), usual.autoRevert());
  }

  private static Part routing(RoutingPolicy routing) {
    RoutingPolicy usual = RoutingPolicy.DEFAULT;
    Part part = Part.empty().with("policy", routing.policy(), usual.policy());
    routing.host().ifPresent(host -> part.node().put("host", host));
    routing
        .entrance()
        .own()
        .ifPresent(
            own -> {
              part.node().put("listen", own.port());
              part.with("mode", own.mode(), Entrance.Mode.HTTP);
            });
    return part.with("timeout", routing.timeout(), usual.timeout())
        .with("connectTimeout", routing.connectTimeout(), usual.connectTimeout())
        .with("tryTimeout", tryTimeout(routing.tryTimeout()), RoutingReader.AUTO)
        .with("retries", retries(routing.retries()))
        .with("outlier", outlier(routing.outlier()))
        .with("slowStart", routing.slowStart(), usual.slowStart());
  }

  private static Part retries(RetryPolicy retries) {
    RetryPolicy usual = RetryPolicy.DEFAULT;
    Part part =
        Part.empty()
            .with("max", retries.max(), usual.max())
            .with("budget", retries.budget(), usual.budget())
            .with("minPerSecond", retries.minPerSecond(), usual.minPerSecond())
            .with("hedge", RetryWords.word(retries.hedge()), RetryWords.OFF);
    if (!retries.on().equals(usual.on())) {
      ArrayNode on = part.node().putArray("on");
      retries.on().forEach(one -> on.add(RetryWords.word(one)));
    }
    return part;
  }

  private static String tryTimeout(TryTimeout timeout) {
    return switch (timeout) {
      case TryTimeout.Learned _ -> RoutingReader.AUTO;
      case TryTimeout.Fixed(Duration limit) -> DurationText.write(limit);
    };
  }

  private static Part outlier(OutlierPolicy outlier) {
    OutlierPolicy usual = OutlierPolicy.DEFAULT;
    return Part.empty()
        .with("consecutiveConnect", outlier.consecutiveConnect(), usual.consecutiveConnect())
        .with("failureRate", outlier.failureRate(), usual.failureRate())
        .with("baseEjection", outlier.baseEjection(), usual.baseEjection())
        .with("maxEjection", outlier.maxEjection(), usual.maxEjection());
  }
}
