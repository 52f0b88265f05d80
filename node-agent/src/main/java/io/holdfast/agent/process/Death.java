package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.time.Instant;

/** The end of a process: how, and when by the wall clock. */
public record Death(ExitStatus status, Instant at) {}
