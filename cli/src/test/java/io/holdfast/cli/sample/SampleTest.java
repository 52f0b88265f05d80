package io.holdfast.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void saysWhoItIs() throws Exception {
    try (SampleProcess sample =
        SampleProcess.start(
            Map.of("HOLDFAST_SERVICE", "web", "HOLDFAST_SLOT", "2", "HOLDFAST_EPOCH", "17"))) {
      assertThat(sample.get("/").body())
          .isEqualTo(
              "{\"service\":\"web\",\"slot\":2,\"epoch\":17,\"pid\":%d}\n"
                  .formatted(sample.process().pid()));
      assertThat(sample.get("/health").statusCode()).isEqualTo(200);
      assertThat(sample.get("/ready").statusCode()).isEqualTo(200);
      assertThat(sample.get("/nosuch").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void crashesWithTheCodeItIsTold() throws Exception {
    try (SampleProcess sample = SampleProcess.start(Map.of())) {
      assertThatThrownBy(() -> sample.post("/-/crash?code=42")).isInstanceOf(IOException.class);

      assertThat(sample.exitCode()).isEqualTo(42);
    }
  }

  @Test
  void answersWithErrorsUntilItIsWellAgain() throws Exception {
    try (SampleProcess sample = SampleProcess.start(Map.of())) {
      sample.post("/-/errors?rate=1&for=5m");
      assertThat(sample.get("/ready").statusCode()).isEqualTo(500);

      sample.post("/-/well");
      assertThat(sample.get("/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void hangsAndComesBackByItself() throws Exception {
    try (SampleProcess sample = SampleProcess.start(Map.of())) {
      sample.post("/-/hang?for=500ms");

      assertThat(sample.get("/").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void hangsLongerThanAClientWaits() throws Exception {
    try (SampleProcess sample = SampleProcess.start(Map.of())) {
      sample.post("/-/hang?for=5m");

      assertThat(sample.keepsWaiting("/", Duration.ofMillis(300))).isTrue();
    }
  }

  @Test
  void refusesASwitchItDoesNotUnderstand() throws Exception {
    try (SampleProcess sample = SampleProcess.start(Map.of())) {
      assertThat(sample.post("/-/dance").statusCode()).isEqualTo(400);
      assertThat(sample.post("/-/slow?by=long").statusCode()).isEqualTo(400);
      assertThat(sample.post("/-/errors?rate=2").statusCode()).isEqualTo(400);
      assertThat(sample.get("/-/crash").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void endsOnTerm() throws Exception {
    try (SampleProcess sample = SampleProcess.start(Map.of())) {
      sample.process().destroy();

      assertThat(sample.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void crashesByItselfAfterAWhile() throws Exception {
    try (SampleProcess sample =
        SampleProcess.start(Map.of(), "--crash-after", "1ms", "--crash-code", "9")) {
      assertThat(sample.exitCode()).isEqualTo(9);
    }
  }

  @Test
  void endsWithTheProcessItWasToldToFollow() throws Exception {
    Process other = new ProcessBuilder("sleep", "300").start();
    try (SampleProcess sample =
        SampleProcess.start(Map.of(), "--with-pid", String.valueOf(other.pid()))) {
      other.destroyForcibly();

      assertThat(sample.exitCode()).isZero();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aBadFlagIsBadUsage() throws Exception {
    Process process = SampleProcess.launch(Map.of(), "--port", "http");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(process.inputReader().readLine())
        .isEqualTo("sample: --port: expected a number from 0, got 'http'");
  }
}
