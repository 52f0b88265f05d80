package io.holdfast.protocol.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;

/** Makes the lines of a backup, in order: the head, the rows, the end. */
public final class BackupWriter {

  /** Of the lines; another one cannot be read by a release that knows only this. */
  static final int FORMAT = 1;

  /** Far longer than any that was ever written; a longer one is not read. */
  static final int LONGEST_LINE = 64 << 20;

  private static final ByteString NEWLINE = ByteString.copyFromUtf8("\n");

  private final Digest digest = new Digest();
  private BackupCount count = BackupCount.NONE;

  public ByteString head(BackupHead head) {
    return line(
        LineJson.object()
            .put("backup", "holdfast")
            .put("format", FORMAT)
            .put("holdfast", head.holdfast())
            .put("at", head.at().toString()));
  }

  public ByteString row(BackupRow row) {
    count = count.with(row);
    return line(LineJson.write(row));
  }

  /** Vouches for all lines before it. */
  public ByteString end() {
    JsonNode end =
        LineJson.object()
            .set(
                "end",
                LineJson.object()
                    .put("events", count.events())
                    .put("snapshots", count.snapshots())
                    .put("sha256", digest.hex()));
    return ByteString.copyFrom(LineJson.write(end)).concat(NEWLINE);
  }

  private ByteString line(JsonNode json) {
    byte[] line = LineJson.write(json);
    if (line.length > LONGEST_LINE) {
      throw new IllegalStateException("the journal holds something too long for a backup");
    }
    digest.add(line);
    return ByteString.copyFrom(line).concat(NEWLINE);
  }
}
