package io.holdfast.protocol.backup;

import java.time.Instant;

/**
 * The first line of a backup.
 *
 * @param holdfast the release that made it
 * @param at the moment whose state it holds
 */
public record BackupHead(String holdfast, Instant at) {}
