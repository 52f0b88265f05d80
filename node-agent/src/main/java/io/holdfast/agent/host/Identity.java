package io.holdfast.agent.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who an agent is, whatever its node is called: a number by chance that is made once for each data
 * directory. Supervisors tell by it whether an agent knows what runs on its node.
 */
public final class Identity {

  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

  private Identity() {}

  /** Empty where it can be neither read nor made; an agent goes on with what it has without. */
  public static Optional<String> in(Path data) {
    Path file = data.resolve("identity");
    try {
      return Optional.of(Files.exists(file) ? read(file) : made(file));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("The identity of this agent in {} is left out: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static String read(Path file) throws IOException {
    return UUID.fromString(Files.readString(file).strip()).toString();
  }

  /**
   * Forced to disk, unlike other notes: without it a host that has lost its power is a stranger.
   */
  private static String made(Path file) throws IOException {
    String identity = UUID.randomUUID().toString();
    Path fresh = file.resolveSibling(file.getFileName() + Note.UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer text = ByteBuffer.wrap((identity + "\n").getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return identity;
  }
}
