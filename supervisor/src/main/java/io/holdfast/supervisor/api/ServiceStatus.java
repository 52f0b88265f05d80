package io.holdfast.supervisor.api;

import io.holdfast.core.ServiceName;

/**
 * One line about a service.
 *
 * @param state stopped, completed, held, waiting, rolling, degraded or ready
 * @param desired actives that should be ready
 * @param ready actives that are
 * @param standby standbys that are ready
 * @param restarts launches after a failure since creation
 */
public record ServiceStatus(
    ServiceName name,
    long version,
    String state,
    int desired,
    int ready,
    int standby,
    long restarts,
    boolean paused) {}
