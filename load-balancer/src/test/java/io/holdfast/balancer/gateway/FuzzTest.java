package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.fixture.Views;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some rounds of mutated hostility, after which nothing may be left. For longer runs: {@code
 * -Dfuzz.minutes=10 -Dfuzz.seed=1}.
 */
final class FuzzTest {

  private static final RoutingPolicy HASTY =
      Setup.policy(Duration.ofMillis(800), new RetryPolicy(2, 0.2, 10));

  @TempDir Path data;

  @Test
  void noBufferAndNoConnectionIsLeftAndNothingAmbiguousCameThrough() throws Exception {
    try (Leaks leaks = Leaks.watched();
        Fuzz fuzz = Fuzz.seeded(FuzzTime.seed());
        Setup setup = Setup.on(data, HASTY, fuzz.port())) {
      fuzz.run(setup.address(), FuzzTime.goesOn());

      setup.awaitNoConnections();
      setup
          .hub()
          .change(
              Views.view(2, Views.web(HASTY, Views.draining(Views.endpoint(0, 1, fuzz.port())))));
      setup.hub().awaitDrained(2);
      System.out.println("fuzz: " + fuzz.figures());
      assertThat(fuzz.ambiguities()).isEmpty();
      assertThat(leaks.found()).isEmpty();
    }
  }

  @Test
  void aBufferThatIsLeftWouldBeFound() {
    try (Leaks leaks = Leaks.watched()) {
      forget();
      while (leaks.found().isEmpty()) {
        Thread.onSpinWait();
      }
    }
  }

  private static void forget() {
    assertThat(ByteBufAllocator.DEFAULT.directBuffer().isReadable()).isFalse();
  }
}
