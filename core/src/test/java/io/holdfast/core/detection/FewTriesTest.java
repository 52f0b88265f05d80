package io.holdfast.core.detection;

import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.spec.Thresholds.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What few tries show where a balancer sends the rest elsewhere: a fifth of 50 may fail in 10 s.
 */
final class FewTriesTest {

  private static final InstanceId ONE = web(0, 1);
  private static final InstanceId SIBLING = web(1, 2);

  private OutcomeWindow window = OutcomeWindow.empty(WebSpec.failures(Response.ISOLATE));
  private Instant now = START;

  @ParameterizedTest(
      name = "{0} failures, {1} s from one to the next, {2} sent to the service: {3}")
  @CsvSource({
    "3, 3, 47, EXCEEDS",
    "4, 2, 46, EXCEEDS",
    // A moment's weakness, after which it was not tried again.
    "4, 1, 46, DOUBTFUL",
    "40, 0, 10, DOUBTFUL",
    // Too few tries, too few requests at all.
    "2, 6, 60, WELL",
    "3, 3, 46, DOUBTFUL",
    // Further apart than the window is long.
    "3, 12, 50, EXCEEDS",
    // So far that something else may have been between them.
    "20, 130, 10000, WELL",
  })
  void whatFailsWheneverItIsTriedExceedsHoweverSeldomThatIs(
      int failures, int seconds, int toSiblings, Opinion opinion) {
    tried(failures, Duration.ofSeconds(seconds));
    sees("a", SIBLING, 0, toSiblings);

    assertThat(opinion(ONE)).isEqualTo(opinion);
  }

  @Test
  void theEvidenceTellsHowFarItGoesBack() {
    tried(4, Duration.ofSeconds(12));
    sees("a", SIBLING, 0, 60);

    assertThat(evidence(ONE)).startsWith("4 of 4 requests failed within 36s, ");
  }

  @Test
  void withoutATryInTheWindowNothingShowsThatItStillFails() {
    tried(4, Duration.ofSeconds(12));
    now = now.plusSeconds(13);
    sees("a", ONE, 0, 0);
    sees("a", SIBLING, 0, 60);

    assertThat(opinion(ONE)).isEqualTo(Opinion.WELL);
  }

  @Test
  void anAnswerEndsThem() {
    tried(4, Duration.ofSeconds(12));
    now = now.plusSeconds(12);
    sees("a", ONE, 0, 1);
    tried(2, Duration.ofSeconds(6));
    sees("a", SIBLING, 0, 60);

    assertThat(opinion(ONE)).isNotEqualTo(Opinion.EXCEEDS);
  }

  @Test
  void afterAVerdictItHasToFailAnew() {
    tried(4, Duration.ofSeconds(12));
    sees("a", SIBLING, 0, 60);
    window = window.judged(ONE);
    tried(2, Duration.ofSeconds(12));
    sees("a", SIBLING, 0, 60);

    assertThat(opinion(ONE)).isNotEqualTo(Opinion.EXCEEDS);
  }

  @Test
  void theEvidenceOfFewTriesTellsThatTheOthersAreServed() {
    tried(3, Duration.ofSeconds(3));
    sees("a", SIBLING, 0, 60);

    assertThat(evidence(ONE))
        .isEqualTo(
            "3 of 3 requests failed within 10s, seen by 1 balancer, avoided by 1 balancer"
                + " (errorRate: 0.2)");
  }

  @Test
  void anotherBalancerThatSeesItWellOutvotesFewTries() {
    tried(3, Duration.ofSeconds(3));
    sees("a", SIBLING, 0, 60);
    sees("b", ONE, 0, 10);

    assertThat(opinion(ONE)).isNotEqualTo(Opinion.EXCEEDS);
  }

  /** One failure after the other, and nothing else. */
  private void tried(int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      now = i == 0 ? now : now.plus(apart);
      sees("a", ONE, 1, 1);
    }
  }

  private void sees(String observer, InstanceId instance, int failed, int all) {
    Seen seen =
        new Seen(instance, new Tally(all - failed, failed), Latencies.NONE, 0, Duration.ZERO);
    window = window.heard(new Outcomes(observer, Duration.ofSeconds(1), List.of(seen)), now);
  }

  private Opinion opinion(InstanceId instance) {
    return Findings.of(instance, window, now).opinion();
  }

  private String evidence(InstanceId instance) {
    return Findings.of(instance, window, now).evidence();
  }
}
