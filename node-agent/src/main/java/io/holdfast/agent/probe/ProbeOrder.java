package io.holdfast.agent.probe;

import io.holdfast.core.instance.ProbeKind;
import io.holdfast.core.spec.Probe;

/**
 * A probe of one instance.
 *
 * @param notices what the instance has said of itself
 * @param awaited true when the instance waits for its first pass, false when it has been ready and
 *     the probe may take its turn among those of others
 */
public record ProbeOrder(
    ProbeKind kind, Probe probe, ProbeTarget target, Notices notices, boolean awaited) {}
