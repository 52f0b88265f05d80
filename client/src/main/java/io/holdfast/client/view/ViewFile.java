package io.holdfast.client.view;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.routing.FullView;
import io.holdfast.protocol.wire.RoutingWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good view on disk, for a start while no supervisor answers. */
final class ViewFile {

  private static final Logger LOG = LoggerFactory.getLogger(ViewFile.class);

  private final Path file;
  private final Path next;

  private ViewFile(Path directory) {
    this.file = directory.resolve("view.pb");
    this.next = directory.resolve("view.pb.next");
  }

  static ViewFile in(Path directory) {
    return new ViewFile(directory);
  }

  /** A view and when it was saved. */
  record Saved(RoutingView view, Instant at) {}

  /** The saved view; empty when there is none that can be read, which is then said in the log. */
  Optional<Saved> load() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      RoutingView view = RoutingWire.view(FullView.parseFrom(Files.readAllBytes(file)));
      return Optional.of(new Saved(view, Files.getLastModifiedTime(file).toInstant()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      LOG.warn("{} holds no view and is left alone: {}", file, e.getMessage());
    } catch (IOException e) {
      LOG.warn("cannot read the last view: {}", e.getMessage());
    }
    return Optional.empty();
  }

  /**
   * Replaces the saved view in one step. A failure is only said in the log: routing goes on from
   * memory, and the next change tries again.
   */
  void save(RoutingView view) {
    try {
      write(ByteBuffer.wrap(RoutingWire.full(view).toByteArray()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("cannot save the view: {}", e.getMessage());
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
