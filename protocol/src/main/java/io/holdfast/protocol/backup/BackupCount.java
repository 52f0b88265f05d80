package io.holdfast.protocol.backup;

/** How much a backup holds. */
public record BackupCount(long events, long snapshots) {

  static final BackupCount NONE = new BackupCount(0, 0);

  BackupCount with(BackupRow row) {
    return switch (row) {
      case BackupRow.Event _ -> new BackupCount(events + 1, snapshots);
      case BackupRow.Snapshot _ -> new BackupCount(events, snapshots + 1);
    };
  }
}
