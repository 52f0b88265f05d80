package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalOnlyTest {

  private ApiUnderTest api;

  @BeforeAll
  void start() throws Exception {
    api = new ApiUnderTest();
  }

  @AfterAll
  void end() throws Exception {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:7400",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:80",
        "[::1]",
        "[::1]:7400"
      })
  void requestsToThisMachineAreAnswered(String host) throws IOException {
    assertThat(api.raw("GET /health/live HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "localhost.example.com",
        "127.0.0.1.example.com:7400",
        "10.0.0.1",
        "[::2]",
        "localhost.:7400",
        "0.0.0.0:7400"
      })
  void requestsUnderAForeignNameAreRefused(String host) throws IOException {
    assertThat(api.raw("GET /health/live HTTP/1.1", "Host: " + host))
        .startsWith("HTTP/1.1 403")
        .contains("application/problem+json");
  }

  @Test
  void requestsWithoutANameAreRefused() throws IOException {
    assertThat(api.raw("GET /health/live HTTP/1.1")).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "null",
        "http://localhost:7401",
        "http://127.0.0.1:7400",
        "http://localhost:7400.example.com",
        "file://"
      })
  void requestsFromAnotherSitesPageAreRefused(String origin) throws IOException {
    assertThat(
            api.raw(
                "POST /v1/services/web/restart HTTP/1.1",
                "Host: localhost:7400",
                "Origin: " + origin,
                "Content-Length: 0"))
        .startsWith("HTTP/1.1 403");
    assertThat(api.control.asked).isEmpty();
  }

  @Test
  void requestsFromTheOwnPageAreAnswered() throws IOException {
    assertThat(
            api.raw(
                "GET /v1/services HTTP/1.1",
                "Host: localhost:7400",
                "Origin: http://localhost:7400"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void preflightRequestsOfOtherSitesGetNoPermission() throws IOException {
    assertThat(
            api.raw(
                "OPTIONS /v1/services/web HTTP/1.1",
                "Host: localhost:7400",
                "Origin: http://example.com",
                "Access-Control-Request-Method: PUT"))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("Access-Control-Allow");
  }
}
