package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.Budget;
import io.holdfast.core.supervision.EpochBlock;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class GrantsTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final Grants grants = new Grants();
  private Duration now = Duration.ofSeconds(-5);

  @Test
  void whatIsSaidAgainIsToldOnce() {
    assertThat(isNews(budget("web", 3, DAY))).isTrue();
    now = now.plusSeconds(50);
    assertThat(isNews(budget("web", 3, DAY.minusSeconds(50)))).isFalse();
    assertThat(isNews(budget("web", 3, DAY.minusSeconds(50)))).isFalse();
  }

  @Test
  void moreOrLessOfItIsNews() {
    isNews(budget("web", 3, DAY));

    assertThat(isNews(budget("web", 4, DAY))).isTrue();
    assertThat(isNews(budget("web", 3, DAY))).isTrue();
  }

  @Test
  void eachServiceHasItsOwn() {
    isNews(budget("web", 3, DAY));

    assertThat(isNews(budget("api", 3, DAY))).isTrue();
    assertThat(isNews(budget("web", 3, DAY))).isFalse();
  }

  @Test
  void aLaterEndIsNewsAndSoIsAnEndThatHasCome() {
    isNews(budget("web", 3, DAY));
    now = now.plus(DAY.dividedBy(2));

    assertThat(isNews(budget("web", 3, DAY))).isTrue();
    assertThat(isNews(budget("web", 3, Duration.ZERO))).isTrue();
  }

  @Test
  void anEndThatComesNearerInSmallStepsIsToldInTheEnd() {
    isNews(budget("web", 3, DAY));

    long told = 0;
    for (int step = 1; step <= 12; step++) {
      told += isNews(budget("web", 3, DAY.minusSeconds(10L * step))) ? 1 : 0;
    }

    assertThat(told).isEqualTo(2);
  }

  @Test
  void allElseIsAlwaysNews() {
    SupervisorMessage ack = Words.ack(1, Duration.ofSeconds(1));

    assertThat(isNews(ack)).isTrue();
    assertThat(isNews(ack)).isTrue();
  }

  private boolean isNews(SupervisorMessage message) {
    return grants.isNews(message, now.toNanos());
  }

  private static SupervisorMessage budget(String service, long limit, Duration validFor) {
    return Words.budget(
        new Budget(
            new ServiceName(service),
            1,
            0,
            limit,
            new TreeMap<>(Map.of(0, new EpochBlock(2, 1 + limit))),
            validFor));
  }
}
