package io.holdfast.protocol.spec;

import io.holdfast.core.InWords;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import java.util.Set;

/**
 * What can be read and can never do what it is written for.
 *
 * <p>Refused where it is asked for. What was recorded before anybody refused it is still read.
 */
final class Hopeless {

  private final Problems problems;
  private final SpecNode.Mapping document;

  private Hopeless(Problems problems, SpecNode.Mapping document) {
    this.problems = problems;
    this.document = document;
  }

  static void report(Problems problems, SpecNode.Mapping document, Spec spec) {
    if (spec instanceof ServiceSpec service) {
      new Hopeless(problems, document).report(service);
    }
  }

  private void report(ServiceSpec spec) {
    deadline(spec.rollout());
    canary(spec);
    labels("placement.require", spec.placement().require().keySet());
    labels("placement.prefer", spec.placement().prefer().keySet());
  }

  private void deadline(RolloutPolicy rollout) {
    if (rollout.healthyFor().compareTo(rollout.deadline()) > 0) {
      refuse(
          "rollout.healthyFor",
          "expected at most rollout.deadline ("
              + InWords.of(rollout.deadline())
              + "), by which a new instance has to have been ready for so long, got "
              + InWords.of(rollout.healthyFor()));
    }
  }

  /** One instance has nobody to wait for it, and may be scaled. */
  private void canary(ServiceSpec spec) {
    int canary = spec.rollout().canary();
    if (spec.instances() > 1 && canary >= spec.slots()) {
      refuse(
          "rollout.canary",
          "expected fewer than there are instances ("
              + spec.slots()
              + ", standbys included), because the others wait while these are watched, got "
              + canary);
    }
  }

  private void labels(String path, Set<String> names) {
    if (names.stream().anyMatch(String::isBlank)) {
      refuse(path, "expected names of labels that are not blank");
    }
  }

  private void refuse(String path, String detail) {
    problems.add(Keys.line(document, path), path, detail);
  }
}
