package io.holdfast.agent.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides what is to be done with a log, by its sizes alone.
 *
 * <p>Moving frees no room, and needs some: it can fail, and then nothing is lost. Only what exceeds
 * the limits is deleted, oldest first, which needs no room.
 */
final class RotationPlan {

  /** A log that cannot be cut grows to this many times its limit, then it is emptied. */
  static final int UNCUT = 4;

  /** What the file system allows at the moment. */
  enum Ability {
    MOVE,
    /** No room to move anything to. */
    NO_ROOM,
    /** No holes, ever. */
    NO_HOLES
  }

  private RotationPlan() {}

  /**
   * The steps to take now, in order.
   *
   * @param end of the log: the size of the file that is being written
   */
  static List<RotationStep> decide(LogPieces rotated, long end, LogLimits limits, Ability ability) {
    long live = end - rotated.start();
    if (ability == Ability.NO_HOLES) {
      return live > UNCUT * limits.total() ? List.of(new RotationStep.Empty()) : List.of();
    }
    if (live > limits.total()) {
      // Printed faster than it can be moved, or while nobody was there: what is too old to be kept
      // need not be moved first.
      return giveUp(rotated, end, limits);
    }
    List<RotationStep> steps = new ArrayList<>();
    boolean move = ability == Ability.MOVE && live > limits.fileBytes();
    if (move) {
      steps.add(new RotationStep.Move(rotated.start(), rotated.start() + limits.fileBytes()));
    }
    tooOld(rotated, live, move, limits).forEach(piece -> steps.add(new RotationStep.Delete(piece)));
    return steps;
  }

  private static List<RotationStep> giveUp(LogPieces rotated, long end, LogLimits limits) {
    List<RotationStep> steps = new ArrayList<>();
    rotated.pieces().forEach(piece -> steps.add(new RotationStep.Delete(piece)));
    long kept = limits.total() - limits.fileBytes();
    steps.addFirst(new RotationStep.GiveUp(rotated.start(), end - kept));
    return steps;
  }

  /** By number as a rule; by size when the file that is being written has grown beyond its own. */
  private static List<LogPiece> tooOld(
      LogPieces rotated, long live, boolean move, LogLimits limits) {
    int others = limits.files() - 1;
    List<LogPiece> old = new ArrayList<>(rotated.allBut(move ? others - 1 : others));
    long kept = live + rotated.bytes() - old.stream().mapToLong(LogPiece::bytes).sum();
    for (LogPiece piece : rotated.pieces().subList(old.size(), rotated.pieces().size())) {
      // The last one says where the log stands; empty, it costs nothing.
      boolean last = piece.equals(rotated.pieces().getLast());
      if (kept <= limits.total() + limits.fileBytes() || last) {
        break;
      }
      old.add(piece);
      kept -= piece.bytes();
    }
    return old;
  }
}
