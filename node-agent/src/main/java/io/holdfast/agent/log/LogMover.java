package io.holdfast.agent.log;

import io.holdfast.agent.process.Holes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Carries out the steps on the files of one log, while its service goes on appending. */
final class LogMover {

  /** A piece that is not complete: of no meaning to anyone, and deleted where it is found. */
  private static final String UNFINISHED = ".moving";

  private static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
  private static final int BLOCK = 64 * 1024;

  /** What others must be left, beside the piece itself. */
  private static final long SPARE_BYTES = 1 << 20;

  private final Path output;

  LogMover(Path output) {
    this.output = output;
  }

  /** The file system has no holes. */
  static final class NoHoles extends IOException {
    private static final long serialVersionUID = 1;

    NoHoles() {
      super("its file system cannot cut off the head of a file that is being written");
    }
  }

  /** There is no room for what is to be moved. */
  static final class NoRoom extends IOException {
    private static final long serialVersionUID = 1;

    NoRoom() {
      super("the disk is full");
    }
  }

  /** Completes what an agent that was killed has left half done. */
  void resume(LogPieces rotated) throws IOException {
    Files.deleteIfExists(unfinished());
    if (rotated.start() > 0) {
      cut(rotated.start());
    }
  }

  void carryOut(RotationStep step) throws IOException {
    switch (step) {
      case RotationStep.Move(long from, long to) -> move(from, to);
      case RotationStep.GiveUp(long from, long to) -> giveUp(from, to);
      case RotationStep.Delete(LogPiece piece) -> Files.deleteIfExists(piece.file());
      case RotationStep.Empty() -> empty();
    }
  }

  private void move(long from, long most) throws IOException {
    if (Files.getFileStore(output).getUsableSpace() < most - from + SPARE_BYTES) {
      throw new NoRoom();
    }
    try (FileChannel live = FileChannel.open(output, StandardOpenOption.READ)) {
      long to = lineEnd(live, from, most);
      name(from, to, live);
      cut(to);
    }
  }

  private void giveUp(long from, long most) throws IOException {
    try (FileChannel live = FileChannel.open(output, StandardOpenOption.READ)) {
      long to = lineEnd(live, from, most);
      name(to, to, live);
      cut(to);
    }
  }

  /** Makes the piece; whole or not at all, even if the machine goes down after the cut. */
  private void name(long from, long to, FileChannel live) throws IOException {
    Path unfinished = unfinished();
    Files.deleteIfExists(unfinished);
    try {
      try (FileChannel piece =
          FileChannel.open(
              unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), MODE)) {
        if (!Holes.punch(unfinished, to - from, to - from + 1)) {
          throw new NoHoles();
        }
        copy(live, from, to, piece);
        piece.force(true);
      }
      Files.move(unfinished, LogPiece.of(output, from, to).file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private static void copy(FileChannel live, long from, long to, FileChannel piece)
      throws IOException {
    for (long position = from; position < to; ) {
      long count = live.transferTo(position, to - position, piece);
      if (count <= 0) {
        throw new IOException("the log has become shorter while it was moved");
      }
      position += count;
    }
  }

  private void cut(long to) throws IOException {
    if (!Holes.punch(output, 0, to)) {
      throw new NoHoles();
    }
  }

  private void empty() throws IOException {
    for (LogPiece piece : LogPieces.of(output).pieces()) {
      Files.deleteIfExists(piece.file());
    }
    try (FileChannel live = FileChannel.open(output, StandardOpenOption.WRITE)) {
      live.truncate(0);
    }
  }

  private Path unfinished() {
    return output.resolveSibling(output.getFileName() + UNFINISHED);
  }

  /** After the last end of a line before {@code to}; a line that long is cut where it is. */
  private static long lineEnd(FileChannel live, long from, long to) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long end = to; end > from; end -= BLOCK) {
      int length = (int) Math.min(BLOCK, end - from);
      block.clear().limit(length);
      int count = live.read(block, end - length);
      for (int i = count - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return end - length + i + 1;
        }
      }
    }
    return to;
  }
}
