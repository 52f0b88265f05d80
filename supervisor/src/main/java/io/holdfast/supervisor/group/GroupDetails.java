package io.holdfast.supervisor.group;

import io.holdfast.core.supervision.Cascade;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.ChildReport;
import io.holdfast.core.supervision.GroupState;
import io.holdfast.supervisor.api.GroupDetail;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A group as the admin API shows it. */
final class GroupDetails {

  private GroupDetails() {}

  static Optional<GroupDetail> of(GroupState state, Map<Child, ChildReport> reports) {
    return state instanceof GroupState.Active group
        ? Optional.of(of(group, reports))
        : Optional.empty();
  }

  private static GroupDetail of(GroupState.Active group, Map<Child, ChildReport> reports) {
    List<GroupDetail.ChildStatus> children =
        group.children().stream().map(child -> child(child, reports)).toList();
    return new GroupDetail(
        group.spec(),
        group.version(),
        state(group, reports),
        children,
        group.cascade().map(Cascade::why),
        group.membership().parent());
  }

  private static String state(GroupState.Active group, Map<Child, ChildReport> reports) {
    if (group.membership().isHalted()) {
      return "halted";
    }
    if (group.escalation().isPresent()) {
      return "escalated";
    }
    if (group.cascade().isPresent()) {
      return "restarting";
    }
    return switch (ChildReport.of(group, reports).condition()) {
      case WELL -> "ready";
      case DEGRADED -> "degraded";
      case HELD -> "held";
    };
  }

  private static GroupDetail.ChildStatus child(Child child, Map<Child, ChildReport> reports) {
    String kind =
        switch (child) {
          case Child.OfService _ -> "service";
          case Child.OfGroup _ -> "group";
        };
    Optional<String> stage =
        Optional.ofNullable(reports.get(child))
            .map(report -> report.stage().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return new GroupDetail.ChildStatus(kind, child.title(), stage.orElse("unknown"));
  }
}
