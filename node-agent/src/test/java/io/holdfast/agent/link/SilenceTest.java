package io.holdfast.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SilenceTest {

  private static final Duration LIMIT = Duration.ofSeconds(6);

  private long now = 17;
  private final Silence silence = new Silence(now);

  @Test
  void itIsTooLongOnceItHasLastedForTheLimit() {
    assertThat(isBrokenBy(LIMIT)).isFalse();

    assertThat(isBrokenBy(Silence.LOOKS.multipliedBy(2))).isTrue();
  }

  @Test
  void whatIsHeardEndsIt() {
    isBrokenBy(LIMIT);
    silence.heard();

    assertThat(isBrokenBy(LIMIT)).isFalse();
  }

  @Test
  void aPauseOfTheListenerIsNotCounted() {
    isBrokenBy(Duration.ofSeconds(4));

    assertThat(isTooLongAfter(Duration.ofSeconds(60))).isFalse();
    assertThat(isBrokenBy(Duration.ofSeconds(1))).isFalse();
  }

  @Test
  void whatCameDuringAPauseIsHeardBeforeTheVerdict() {
    isBrokenBy(LIMIT.minus(Silence.LOOKS));
    // The first look after it: what has come meanwhile waits behind that.
    assertThat(isTooLongAfter(Duration.ofSeconds(60))).isFalse();

    silence.heard();

    assertThat(isBrokenBy(LIMIT)).isFalse();
  }

  @Test
  void aListenerThatIsAlwaysLateGivesUpAllTheSame() {
    boolean over = false;
    for (int look = 0; look < 20; look++) {
      over = isTooLongAfter(Duration.ofSeconds(2));
    }

    assertThat(over).isTrue();
  }

  /** Looks as often as one should for that long. */
  private boolean isBrokenBy(Duration quiet) {
    boolean over = false;
    for (long look = 0; look < quiet.dividedBy(Silence.LOOKS); look++) {
      over |= isTooLongAfter(Silence.LOOKS);
    }
    return over;
  }

  private boolean isTooLongAfter(Duration since) {
    now += since.toNanos();
    return silence.isLongerThan(LIMIT, now);
  }
}
