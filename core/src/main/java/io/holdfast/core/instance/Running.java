package io.holdfast.core.instance;

import java.time.Instant;

/** A process that has been launched: its pid, and when it began by the wall clock. */
public record Running(long pid, Instant startedAt) {}
