package io.holdfast.agent.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What one launch has printed, as one text, wherever its parts are by now.
 *
 * <p>Positions count from the first byte that it has printed, and rotation moves none of them.
 */
final class LogText implements AutoCloseable {

  private final Path output;
  private final FileChannel live;

  private LogText(Path output, FileChannel live) {
    this.output = output;
    this.live = live;
  }

  static LogText open(Path output) throws IOException {
    return new LogText(output, FileChannel.open(output, StandardOpenOption.READ));
  }

  /** Where it ends, for now. */
  long end() throws IOException {
    return live.size();
  }

  /**
   * Fills the buffer with what comes next at or after a position, but not across parts.
   *
   * @return where that begins: later than {@code position} when what stood there is not kept any
   *     more, and 0 when the log has begun anew
   */
  long read(long position, ByteBuffer buffer) throws IOException {
    int begin = buffer.position();
    try {
      return readKept(position, buffer);
    } catch (NoSuchFileException e) {
      // The launch is being deleted with all that is left of it.
      buffer.position(begin);
      return position;
    }
  }

  private long readKept(long position, ByteBuffer buffer) throws IOException {
    int begin = buffer.position();
    while (true) {
      LogPieces rotated = LogPieces.of(output);
      long from = live.size() < position ? 0 : rotated.next(position);
      Optional<LogPiece> piece = rotated.at(from);
      if (piece.isPresent()) {
        if (read(piece.get(), from, buffer)) {
          return from;
        }
      } else {
        live.read(buffer, from);
        // Looked at once more: a piece gets its name before its part is cut off here.
        if (LogPieces.of(output).start() <= from) {
          return from;
        }
        buffer.position(begin);
      }
    }
  }

  /**
   * Fills the buffer from a position on, across parts, up to the end for now.
   *
   * @return where that begins: later than {@code position} when what stood there is not kept
   */
  long fill(long position, ByteBuffer buffer) throws IOException {
    long end = position + buffer.limit();
    long begin = position;
    while (begin + buffer.position() < end) {
      int before = buffer.position();
      long at = read(begin + before, buffer);
      if (at == begin + before && buffer.position() == before) {
        return begin;
      }
      if (at != begin + before) {
        begin = at;
        keep(buffer, before, (int) Math.max(0, end - at));
      }
    }
    return begin;
  }

  /** Drops what stands before {@code first}, and what goes beyond {@code most}. */
  private static void keep(ByteBuffer buffer, int first, int most) {
    buffer.limit(buffer.position()).position(first).compact();
    buffer.position(Math.min(buffer.position(), most)).limit(most);
  }

  @Override
  public void close() throws IOException {
    live.close();
  }

  /** False when the piece has been deleted meanwhile. */
  private static boolean read(LogPiece piece, long from, ByteBuffer buffer) throws IOException {
    try (FileChannel channel = FileChannel.open(piece.file(), StandardOpenOption.READ)) {
      channel.read(buffer, from - piece.from());
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
