package io.holdfast.protocol.spec;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a group of services and other groups. */
final class GroupReader {

  /** OTP's, and that of a service among its slots. */
  static final Strategy USUAL_STRATEGY = Strategy.ONE_FOR_ONE;

  /** Its keys are not those of a service, so what a service cannot do yet is just unknown here. */
  static final String SHAPE = "group";

  private static final String CHILDREN = "children";

  /** Takes the place of a group that cannot be built; never leaves the reader. */
  private static final GroupSpec STAND_IN =
      new GroupSpec(
          new GroupName("unnamed"),
          USUAL_STRATEGY,
          GroupSpec.USUAL_INTENSITY,
          GroupSpec.USUAL_PERIOD,
          List.of("child"));

  private final Section document;
  private final GroupName name;

  GroupReader(Section document, GroupName name) {
    this.document = document;
    this.name = name;
  }

  GroupSpec read() {
    return document.build(STAND_IN, this::group);
  }

  private GroupSpec group() {
    Strategy strategy = document.choice("strategy", USUAL_STRATEGY);
    int intensity = document.whole("intensity", GroupSpec.USUAL_INTENSITY);
    Duration period = document.duration("period", GroupSpec.USUAL_PERIOD);
    // Without children of its own it borrows the name too, lest the child be the group itself.
    return children()
        .map(children -> new GroupSpec(name, strategy, intensity, period, children))
        .orElseGet(
            () -> new GroupSpec(STAND_IN.name(), strategy, intensity, period, STAND_IN.children()));
  }

  /** Empty when nothing that was written can be used; a list written empty can. */
  private Optional<List<String>> children() {
    if (!document.has(CHILDREN)) {
      document.refuse(CHILDREN, "expected a list of services or groups, it is missing");
    }
    return document
        .list(CHILDREN, "expected the name of a service or group", GroupReader::child)
        .filter(items -> items.isEmpty() || items.stream().anyMatch(Optional::isPresent))
        .map(items -> items.stream().flatMap(Optional::stream).toList());
  }

  private static Optional<String> child(SpecNode node) {
    return Scalars.text(node).filter(ServiceName::isValid);
  }
}
