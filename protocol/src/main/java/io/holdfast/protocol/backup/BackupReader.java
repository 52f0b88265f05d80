package io.holdfast.protocol.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads a backup from its first line to its last. Nothing of it is certain before {@link #next} has
 * come to its end: only the last line shows that the others are what was written.
 */
public final class BackupReader implements AutoCloseable {

  private static final int USUAL_LINE = 1 << 10;
  private static final int BUFFER = 1 << 16;
  private static final String CHANGED = "it is not as it was written: ";

  private final InputStream in;
  private final Digest digest = new Digest();
  private final BackupHead head;
  private BackupCount count = BackupCount.NONE;
  private long line;
  private boolean ended;

  private BackupReader(InputStream in) throws IOException, UnfitBackup {
    this.in = in;
    this.head = head(read());
  }

  /** Reads the first line. */
  public static BackupReader open(Path file) throws IOException, UnfitBackup {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      return new BackupReader(in);
    } catch (IOException | UnfitBackup e) {
      in.close();
      throw e;
    }
  }

  /** How much is in the file, when all of it is as it was written. */
  public static BackupCount check(Path file) throws IOException, UnfitBackup {
    try (BackupReader reader = open(file)) {
      while (reader.next().isPresent()) {
        // To the last line, which vouches for the others.
      }
      return reader.count();
    }
  }

  public BackupHead head() {
    return head;
  }

  public BackupCount count() {
    return count;
  }

  /** The next row; empty when there was none left and all of them are as they were written. */
  public Optional<BackupRow> next() throws IOException, UnfitBackup {
    if (ended) {
      return Optional.empty();
    }
    byte[] bytes = read();
    JsonNode json = LineJson.read(bytes);
    if (json.path("end").isObject()) {
      ended = true;
      end(json.path("end"));
      return Optional.empty();
    }
    digest.add(bytes);
    BackupRow row = row(json);
    count = count.with(row);
    return Optional.of(row);
  }

  private BackupHead head(byte[] bytes) throws UnfitBackup {
    JsonNode json = LineJson.read(bytes);
    if (!json.path("backup").asText().equals("holdfast")) {
      throw new UnfitBackup("it is no backup of Holdfast");
    }
    if (json.path("format").asInt() > BackupWriter.FORMAT) {
      throw new UnfitBackup(
          "a newer Holdfast has made it, in format "
              + json.path("format").asText()
              + "; this one knows only "
              + BackupWriter.FORMAT);
    }
    digest.add(bytes);
    try {
      return new BackupHead(
          json.path("holdfast").asText(), Instant.parse(json.path("at").asText()));
    } catch (DateTimeException e) {
      throw new UnfitBackup(CHANGED + "its first line does not say when it was made");
    }
  }

  private BackupRow row(JsonNode json) throws UnfitBackup {
    try {
      return LineJson.row(json);
    } catch (UnfitBackup | ArithmeticException e) {
      throw new UnfitBackup(CHANGED + "line " + line + " cannot be read, " + e.getMessage());
    }
  }

  private void end(JsonNode end) throws IOException, UnfitBackup {
    if (!end.path("sha256").asText().equals(digest.hex())) {
      throw new UnfitBackup(CHANGED + "its digest is another one");
    }
    if (end.path("events").asLong(-1) != count.events()
        || end.path("snapshots").asLong(-1) != count.snapshots()
        || in.read() >= 0) {
      throw new UnfitBackup(CHANGED + "it holds more or less than its last line says");
    }
  }

  /** The next line, without its end. */
  private byte[] read() throws IOException, UnfitBackup {
    line++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LINE);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new UnfitBackup(
            line == 1 ? "it is no backup of Holdfast" : "it is cut off: its last line is missing");
      }
      if (bytes.size() == BackupWriter.LONGEST_LINE) {
        throw new UnfitBackup("it is no backup of Holdfast: line " + line + " is too long");
      }
      bytes.write(next);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
