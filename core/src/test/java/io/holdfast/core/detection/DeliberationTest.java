package io.holdfast.core.detection;

import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.spec.Thresholds;
import io.holdfast.core.spec.Thresholds.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Three instances, each with 20 requests a second, of which a fifth may fail within ten seconds.
 */
final class DeliberationTest {

  private static final Thresholds THRESHOLDS = WebSpec.failures(Response.ISOLATE);
  private static final int WINDOW = 10;
  private static final InstanceId A = web(0, 1);
  private static final InstanceId B = web(1, 2);
  private static final InstanceId C = web(2, 3);

  private Instant now = START;
  private final Set<InstanceId> failing = new HashSet<>();
  private final Set<InstanceId> gone = new HashSet<>();
  private final List<Finding> found = new ArrayList<>();
  private Deliberation deliberation = Deliberation.begun(THRESHOLDS, false, START);

  @Test
  void whatFailsAloneIsFound() {
    fail(C);
    pass(WINDOW);

    assertThat(deliberation.together()).isFalse();
    assertThat(exceeding()).containsExactly(C);
  }

  @Test
  void whatFailsTogetherIsFoundTogether() {
    fail(A, B, C);
    pass(WINDOW);

    assertThat(deliberation.together()).isTrue();
    assertThat(exceeding()).containsExactly(A, B, C);
  }

  @Test
  void nobodyIsFoundAloneByWhatHappenedWhileAllDidBadly() {
    fail(A, B, C);
    pass(2 * WINDOW);
    found.clear();

    recover(A);
    pass(2);
    recover(B);
    pass(3);
    recover(C);
    pass(3 * WINDOW);

    assertThat(deliberation.together()).isFalse();
    assertThat(found).as("alone").isEmpty();
  }

  @Test
  void whoStaysBadWhenTheOthersAreWellIsFoundByWhatFollows() {
    fail(A, B, C);
    pass(2 * WINDOW);
    recover(A);
    recover(B);
    while (deliberation.together()) {
      pass(1);
    }
    Instant over = now;
    found.clear();

    while (found.isEmpty()) {
      pass(1);
    }

    assertThat(exceeding()).containsExactly(C);
    assertThat(found.getFirst().evidence()).startsWith("60 of 60 requests failed");
    assertThat(Duration.between(over, now))
        .as("three seconds' requests, once nothing told may be from before")
        .isEqualTo(OutcomeWindow.TOLD_WITHIN.plusSeconds(3));
  }

  @Test
  void thoseWhoHaveLeftAreNotCountedAmongTheMost() {
    fail(A, B, C);
    pass(WINDOW);

    gone.addAll(Set.of(A, B));
    pass(1);

    assertThat(deliberation.together()).isFalse();
    assertThat(deliberation.isGrave()).isFalse();
  }

  @Test
  void withoutRequestsItIsOverWhenTheWindowIsEmpty() {
    fail(A, B, C);
    pass(2 * WINDOW);

    now = now.plus(THRESHOLDS.window());
    deliberation = deliberation.judged(_ -> true, now);

    assertThat(deliberation.together()).isFalse();
  }

  @Test
  void whoeverBeginsAnewDoesNotTakeAnEmptyWindowForTheEndOfIt() {
    deliberation = Deliberation.begun(THRESHOLDS, true, START);
    pass(WINDOW - 1);
    assertThat(deliberation.together()).isTrue();

    fail(C);
    pass(1);

    assertThat(deliberation.together()).isFalse();
    assertThat(deliberation.isGrave()).isFalse();
  }

  private void fail(InstanceId... instances) {
    failing.addAll(Set.of(instances));
  }

  private void recover(InstanceId instance) {
    failing.remove(instance);
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      List<Seen> seen =
          Stream.of(A, B, C).filter(one -> !gone.contains(one)).map(this::seen).toList();
      Outcomes outcomes = new Outcomes("balancer", Duration.ofSeconds(1), seen);
      deliberation =
          deliberation.heard(outcomes, now).judged(instance -> !gone.contains(instance), now);
      if (!deliberation.together()) {
        deliberation.findings().stream()
            .filter(one -> one.opinion() == Opinion.EXCEEDS)
            .forEach(found::add);
      }
    }
  }

  private Seen seen(InstanceId instance) {
    Tally tally = failing.contains(instance) ? new Tally(0, 20) : new Tally(20, 0);
    return new Seen(instance, tally, Latencies.NONE, 0, Duration.ZERO);
  }

  private List<InstanceId> exceeding() {
    return deliberation.findings().stream()
        .filter(one -> one.opinion() == Opinion.EXCEEDS)
        .map(Finding::instance)
        .toList();
  }
}
