package io.holdfast.core.supervision;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The laws on thousands of services to which anything happens. A failure names its seed. */
final class LawsTest {

  private static final int LIVES = 1_000;
  private static final int STEPS = 100;

  @Test
  void everyDecisionOfAnyLifeObeysTheLaws() {
    forEverySeed(life -> life.live(STEPS));
  }

  @Test
  void soDoesOneThatHearsManyThingsAtOnce() {
    forEverySeed(life -> life.liveInTurns(STEPS / 2));
  }

  @Test
  void aServiceThatIsLeftInPeaceBecomesWhatIsWanted() {
    forEverySeed(
        life -> {
          life.live(STEPS / 2);
          life.settle();
        });
    forEverySeed(
        life -> {
          life.liveInTurns(STEPS / 4);
          life.settle();
        });
  }

  private static void forEverySeed(Consumer<RandomLife> story) {
    for (long seed = 0; seed < LIVES; seed++) {
      RandomLife life = new RandomLife(seed);
      assertThatCode(() -> story.accept(life)).as("seed %d", seed).doesNotThrowAnyException();
    }
  }
}
