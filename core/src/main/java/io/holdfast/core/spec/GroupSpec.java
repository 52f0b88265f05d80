package io.holdfast.core.spec;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A supervisor of services and other groups: what happens when a child cannot help itself any more.
 *
 * @param intensity restarts of children within {@code period} before the group itself has failed, 0
 *     to 1,000,000
 * @param children names of services or groups, in the order in which they start; at most 1,000
 */
public record GroupSpec(
    GroupName name, Strategy strategy, int intensity, Duration period, List<String> children)
    implements Spec {

  public static final int USUAL_INTENSITY = 10;
  public static final Duration USUAL_PERIOD = Duration.ofMinutes(5);

  private static final int MOST_CHILDREN = 1_000;

  public GroupSpec {
    children = List.copyOf(children);
    Check.range("intensity", intensity, 0, 1_000_000);
    Check.positive("period", period);
    if (children.isEmpty() || children.size() > MOST_CHILDREN) {
      throw new InvalidSpec(
          "children",
          "expected 1 to "
              + MOST_CHILDREN
              + " names of services or groups, got "
              + children.size());
    }
    checkChildren(name, children);
  }

  @Override
  public String title() {
    return name.value();
  }

  private static void checkChildren(GroupName name, List<String> children) {
    Set<String> seen = new HashSet<>();
    for (String child : children) {
      if (!ServiceName.isValid(child)) {
        throw new InvalidSpec(
            "children", "expected names of services or groups, got '" + child + "'");
      }
      if (child.equals(name.value())) {
        throw new InvalidSpec("children", "expected others, got the group itself");
      }
      if (!seen.add(child)) {
        throw new InvalidSpec("children", "expected each child once, got '" + child + "' twice");
      }
    }
  }
}
