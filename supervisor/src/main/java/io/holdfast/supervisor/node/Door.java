package io.holdfast.supervisor.node;

import io.holdfast.protocol.reach.Target;

/**
 * Where a ready instance is reached.
 *
 * @param proven a probe has been let in there, so that a refusal means something
 */
public record Door(Target target, boolean proven) {}
