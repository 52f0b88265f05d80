package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void agentsBeatLessOftenWhileTheyAreMany() {
    for (int agent = 0; agent < Pace.MANY; agent++) {
      pace.begins();
    }
    assertThat(pace.interval()).isEqualTo(Duration.ofMillis(500));
    pace.begins();
    assertThat(pace.interval()).isEqualTo(Duration.ofSeconds(1));
    pace.ends();
    assertThat(pace.interval()).isEqualTo(Duration.ofMillis(500));
  }
}
