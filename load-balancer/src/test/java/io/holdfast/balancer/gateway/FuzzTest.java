package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.fixture.Views;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some rounds of mutated hostility, after which nothing may be left. For longer runs: {@code
 * -Dfuzz.minutes=10 -Dfuzz.seed=1}.
 */
final class FuzzTest {

  private static final int USUAL_ROUNDS = 300;
  private static final RoutingPolicy HASTY =
      Setup.policy(Duration.ofMillis(800), new RetryPolicy(2, 0.2, 10));

  @TempDir Path data;

  @Test
  void noBufferAndNoConnectionIsLeftAndNothingAmbiguousCameThrough() throws Exception {
    try (Leaks leaks = Leaks.watched();
        Fuzz fuzz = Fuzz.seeded(Long.getLong("fuzz.seed", 1));
        Setup setup = Setup.on(data, HASTY, fuzz.port())) {
      fuzz.run(setup.address(), goesOn());

      awaitNoConnections(setup);
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

  private static BooleanSupplier goesOn() {
    int minutes = Integer.getInteger("fuzz.minutes", 0);
    AtomicInteger rounds = new AtomicInteger();
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    return minutes == 0
        ? () -> rounds.incrementAndGet() <= USUAL_ROUNDS
        : () -> System.nanoTime() - end < 0;
  }

  /** Idle ones to instances are kept for some seconds. */
  private static void awaitNoConnections(Setup setup) throws IOException {
    while (!setup.metrics().contains("holdfast_gateway_open_connections{side=\"client\"} 0.0")
        || !setup.metrics().contains("holdfast_gateway_open_connections{side=\"instance\"} 0.0")) {
      Thread.onSpinWait();
    }
  }
}
