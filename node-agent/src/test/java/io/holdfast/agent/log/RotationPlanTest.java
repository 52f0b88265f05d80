package io.holdfast.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.log.RotationPlan.Ability;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Four files of ten thousand bytes are kept. */
final class RotationPlanTest {

  private static final LogLimits LIMITS = new LogLimits(10_000, 4);
  private static final Path OUTPUT = Path.of("output");

  @ParameterizedTest
  @EnumSource(Ability.class)
  void aLogThatFitsIntoOneFileIsLeftAlone(Ability ability) {
    assertThat(RotationPlan.decide(pieces(), 10_000, LIMITS, ability)).isEmpty();
    assertThat(RotationPlan.decide(pieces(0, 9_000), 19_000, LIMITS, ability)).isEmpty();
  }

  @Test
  void whatExceedsAFileIsMovedFromTheStart() {
    assertThat(decide(pieces(), 10_001)).containsExactly(new RotationStep.Move(0, 10_000));
    assertThat(decide(pieces(0, 9_000), 19_001))
        .containsExactly(new RotationStep.Move(9_000, 19_000));
  }

  @Test
  void theOldestGoesWhenAnotherOneComes() {
    LogPieces full = pieces(0, 9_000, 18_000, 27_000);

    assertThat(decide(full, 38_000))
        .containsExactly(new RotationStep.Move(27_000, 37_000), delete(full, 0));
  }

  @Test
  void moreThanThatGoAtOnceAfterTheLimitHasBeenLowered() {
    LogPieces many = pieces(0, 9_000, 18_000, 27_000, 36_000, 45_000);

    assertThat(decide(many, 46_000)).containsExactly(delete(many, 0), delete(many, 1));
  }

  @Test
  void withoutRoomNothingIsDeletedThatIsWithinTheLimits() {
    assertThat(noRoom(pieces(0, 9_000, 18_000), 40_000)).isEmpty();
  }

  @Test
  void withoutRoomTheOldestGoesOnceAllTogetherIsTooMuch() {
    LogPieces two = pieces(0, 9_000, 18_000);

    assertThat(noRoom(two, 50_001)).containsExactly(delete(two, 0));
  }

  @Test
  void theNewestPieceStaysBecauseItSaysWhereTheLogStands() {
    LogPieces one = pieces(0, 20_000);

    assertThat(noRoom(one, 59_999)).isEmpty();
  }

  @Test
  void whatHasGrownBeyondAllLimitsIsGivenUpFromTheStart() {
    LogPieces one = pieces(0, 9_000);

    assertThat(decide(one, 100_000))
        .containsExactly(new RotationStep.GiveUp(9_000, 70_000), delete(one, 0));
    assertThat(noRoom(one, 100_000))
        .containsExactly(new RotationStep.GiveUp(9_000, 70_000), delete(one, 0));
  }

  @Test
  void aFileThatCannotBeCutGrowsUntilItIsEmptied() {
    assertThat(RotationPlan.decide(pieces(), 160_000, LIMITS, Ability.NO_HOLES)).isEmpty();
    assertThat(RotationPlan.decide(pieces(), 160_001, LIMITS, Ability.NO_HOLES))
        .containsExactly(new RotationStep.Empty());
  }

  private static List<RotationStep> decide(LogPieces rotated, long end) {
    return RotationPlan.decide(rotated, end, LIMITS, Ability.MOVE);
  }

  private static List<RotationStep> noRoom(LogPieces rotated, long end) {
    return RotationPlan.decide(rotated, end, LIMITS, Ability.NO_ROOM);
  }

  private static RotationStep delete(LogPieces rotated, int index) {
    return new RotationStep.Delete(rotated.pieces().get(index));
  }

  /** Pieces that end and begin at these positions. */
  private static LogPieces pieces(long... ends) {
    List<Long> all = Arrays.stream(ends).boxed().toList();
    return new LogPieces(
        java.util.stream.IntStream.range(1, Math.max(1, ends.length))
            .mapToObj(i -> LogPiece.of(OUTPUT, all.get(i - 1), all.get(i)))
            .toList());
  }
}
