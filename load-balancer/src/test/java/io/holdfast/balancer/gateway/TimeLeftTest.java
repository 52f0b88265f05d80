package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long somebody waits is known to each who works for them. */
final class TimeLeftTest {

  private static final long WHOLE = 20_000;

  @TempDir Path data;

  @Test
  void anInstanceIsToldHowMuchTimeItHas() throws Exception {
    assertThat(told("")).isBetween(1L, WHOLE);
  }

  @Test
  void aClientMayGiveLessThanTheServiceMayTake() throws Exception {
    assertThat(told("X-Holdfast-Timeout-Ms: 700\r\n")).isBetween(1L, 700L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", "9999999999", "-1", "soon", "1.5", ""})
  void andNeitherMoreNorAnythingElse(String given) throws Exception {
    assertThat(told("X-Holdfast-Timeout-Ms: " + given + "\r\n")).isBetween(WHOLE / 2, WHOLE);
  }

  @Test
  void aRequestIsOverWhenTheTimeThatWasGivenIs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Backend backend = Backend.hangingUntil(never, "");
        Setup setup = Setup.of(data, Setup.IN_TURN, backend)) {
      assertThat(RawClient.ask(setup.address(), get("X-Holdfast-Timeout-Ms: 1\r\n")).status())
          .isEqualTo(504);
      never.countDown();
    }
  }

  @Test
  void aSecondTryIsToldWhatIsLeft() throws Exception {
    try (Backend failing = Backend.failingWith("503 Service Unavailable");
        Backend well = Backend.saying("ok");
        Setup setup =
            Setup.of(
                data,
                Setup.policy(Duration.ofSeconds(20), new RetryPolicy(2, 1, 10)),
                failing,
                well)) {
      assertThat(RawClient.ask(setup.address(), get("")).text()).isEqualTo("ok");
      assertThat(millis(well.awaitRequest())).isLessThanOrEqualTo(millis(failing.awaitRequest()));
    }
  }

  private long told(String given) throws Exception {
    try (Backend backend = Backend.saying("ok");
        Setup setup = Setup.of(data, Setup.IN_TURN, backend)) {
      assertThat(RawClient.ask(setup.address(), get(given)).status()).isEqualTo(200);
      return millis(backend.awaitRequest());
    }
  }

  private static long millis(Message request) {
    return Long.parseLong(request.header("X-Holdfast-Timeout-Ms").orElseThrow());
  }

  private static String get(String header) {
    return "GET / HTTP/1.1\r\nHost: web\r\n" + header + "\r\n";
  }
}
