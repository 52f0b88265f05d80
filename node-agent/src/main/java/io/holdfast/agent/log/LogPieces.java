package io.holdfast.agent.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rotated part of one log, oldest first.
 *
 * <p>The names of the pieces are the only record of how far the log has been rotated. A piece gets
 * its name when it is complete, and only then is its part of the log itself given up; so whenever
 * the agent is killed, each byte is found exactly once.
 */
record LogPieces(List<LogPiece> pieces) {

  LogPieces {
    pieces = List.copyOf(pieces);
  }

  static LogPieces of(Path output) throws IOException {
    List<LogPiece> pieces = new ArrayList<>();
    Path directory = output.toAbsolutePath().getParent();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, output.getFileName() + ".*")) {
      for (Path file : files) {
        LogPiece.parse(output, file).ifPresent(pieces::add);
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    pieces.sort(Comparator.comparingLong(LogPiece::to).thenComparingLong(LogPiece::from));
    return new LogPieces(pieces);
  }

  /** From here on the log stands in the file that is being written. */
  long start() {
    return pieces.isEmpty() ? 0 : pieces.getLast().to();
  }

  /** The first byte that is still kept at or after a position. */
  long next(long position) {
    return pieces.stream()
        .filter(piece -> piece.to() > position)
        .mapToLong(piece -> Math.max(piece.from(), position))
        .findFirst()
        .orElse(Math.max(start(), position));
  }

  Optional<LogPiece> at(long position) {
    return pieces.stream().filter(piece -> piece.holds(position)).findFirst();
  }

  /** The newest of them left out. */
  List<LogPiece> allBut(int newest) {
    return pieces.subList(0, Math.max(0, pieces.size() - newest));
  }

  long bytes() {
    return pieces.stream().mapToLong(LogPiece::bytes).sum();
  }
}
