package io.holdfast.supervisor.api;

import java.util.List;

/**
 * The control plane's own nodes.
 *
 * @param journal a word for the store and its state, such as "h2: ok"
 */
public record ClusterStatus(
    List<String> members, String leader, List<String> unreachable, String journal) {}
