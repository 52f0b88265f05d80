package io.holdfast.core.catalog;

import io.holdfast.core.spec.GroupSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keeps a group from fitting in with everything else. */
final class GroupFlaws {

  private GroupFlaws() {}

  static void find(GroupSpec group, Prospect prospect, List<Flaw> flaws) {
    for (int i = 0; i < group.children().size(); i++) {
      String path = "children[" + i + "]";
      child(group, group.children().get(i), prospect)
          .ifPresent(detail -> flaws.add(new Flaw(group.title(), path, detail)));
    }
    cycle(group, prospect)
        .ifPresent(
            way -> flaws.add(new Flaw(group.title(), "children", "expected no cycle, got " + way)));
    if (prospect.hasService(group.title())) {
      flaws.add(
          new Flaw(group.title(), "name", "expected a name of its own, a service has this one"));
    }
  }

  private static Optional<String> child(GroupSpec group, String child, Prospect prospect) {
    if (!prospect.hasService(child) && !prospect.hasGroup(child)) {
      return Optional.of(
          "expected a service or group that exists or is applied with it, got '" + child + "'");
    }
    return prospect.groups().values().stream()
        .filter(other -> !other.name().equals(group.name()))
        .filter(other -> other.children().contains(child))
        .findFirst()
        .map(
            other ->
                "expected a child of no other group, '" + child + "' is one of " + other.name());
  }

  /** A way from the group along its children back to itself, if there is one. */
  private static Optional<String> cycle(GroupSpec group, Prospect prospect) {
    Deque<List<String>> ways = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    ways.add(List.of(group.title()));
    while (!ways.isEmpty()) {
      List<String> way = ways.removeFirst();
      for (String child :
          prospect.group(way.getLast()).map(GroupSpec::children).orElse(List.of())) {
        List<String> longer = new ArrayList<>(way);
        longer.add(child);
        if (child.equals(group.title())) {
          return Optional.of(String.join(" -> ", longer));
        }
        if (prospect.hasGroup(child) && seen.add(child)) {
          ways.add(longer);
        }
      }
    }
    return Optional.empty();
  }
}
