package io.holdfast.supervisor.api;

import java.util.List;

/**
 * The control plane's own nodes.
 *
 * @param members the oldest first, which keeps the catalogue
 * @param journal which one it is: h2 or postgres
 * @param journalState "ok", or since when it is away, and why
 */
public record ClusterStatus(
    List<String> members,
    String leader,
    List<String> unreachable,
    String journal,
    String journalState) {}
