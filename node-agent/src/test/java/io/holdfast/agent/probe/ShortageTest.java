package io.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too many open files",
        "Too many open files: /bin/sh",
        "Cannot allocate memory",
        "Resource temporarily unavailable: /bin/sh",
        "No buffer space available (maximum connections reached?)",
        "Cannot assign requested address"
      })
  void whatTheAgentLacksIsNoMissOfTheService(String message) {
    assertThatExceptionOfType(NotMade.class)
        .isThrownBy(() -> ProbeResult.failed("GET /", new SocketException(message)))
        .withMessage("GET /: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection refused", "Connection reset", "No such file or directory"})
  void allElseIsAMiss(String message) throws Exception {
    assertThat(ProbeResult.failed("GET /", new ConnectException(message)))
        .isEqualTo(ProbeResult.missed("GET /: " + message));
  }

  @Test
  void aFailureWithoutAWordIsAMiss() throws Exception {
    assertThat(ProbeResult.failed("GET /", new IOException()))
        .isEqualTo(ProbeResult.missed("GET /: null"));
  }
}
