package io.holdfast.supervisor.api;

import io.holdfast.core.GroupName;
import io.holdfast.core.spec.GroupSpec;
import java.util.List;
import java.util.Optional;

/**
 * Everything about a group.
 *
 * @param state the first that applies: halted, escalated, restarting, held (any child is),
 *     degraded, ready
 * @param doing why children go down and come up now
 * @param parent the group it belongs to
 */
public record GroupDetail(
    GroupSpec spec,
    long version,
    String state,
    List<ChildStatus> children,
    Optional<String> doing,
    Optional<GroupName> parent) {

  /**
   * A child, in the order in which they start.
   *
   * @param kind service or group
   * @param stage down, going-down, coming-up, settled or unknown
   */
  public record ChildStatus(String kind, String name, String stage) {}
}
