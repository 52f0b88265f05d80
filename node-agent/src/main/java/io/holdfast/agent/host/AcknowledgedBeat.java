package io.holdfast.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * When the latest heartbeat was sent that a supervisor has acknowledged, in a file for the guards
 * of exclusive instances. In hundredths of a second since boot: a shell counts in whole numbers.
 */
public record AcknowledgedBeat(Path file) {

  private static final long MILLIS_PER_HUNDREDTH = 10;

  public static AcknowledgedBeat in(Path data) throws IOException {
    return new AcknowledgedBeat(data.toRealPath().resolve("acknowledged"));
  }

  public void write(Duration sentAt) throws IOException {
    String text = sentAt.toMillis() / MILLIS_PER_HUNDREDTH + "\n";
    Note.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
