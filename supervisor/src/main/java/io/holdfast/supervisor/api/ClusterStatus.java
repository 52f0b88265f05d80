package io.holdfast.supervisor.api;

import java.util.List;
import java.util.Optional;

/**
 * The control plane's own nodes.
 *
 * @param members the oldest first, which keeps the catalogue
 * @param brake empty when the supervisor that has it does not answer
 * @param journal which one it is: h2 or postgres
 * @param journalState "ok", or since when it is away, and why
 */
public record ClusterStatus(
    List<String> members,
    String leader,
    List<String> unreachable,
    Optional<BrakeStatus> brake,
    String journal,
    String journalState) {

  /**
   * What keeps nodes from being condemned together.
   *
   * @param suspect nodes that are, and are not condemned
   * @param nodes all that are not lost
   */
  public record BrakeStatus(boolean engaged, int suspect, int nodes) {}
}
