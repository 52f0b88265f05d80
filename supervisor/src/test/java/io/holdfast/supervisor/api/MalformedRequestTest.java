package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Requests that never come as far as a route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MalformedRequestTest {

  private static final String HOST = "Host: localhost";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private ApiUnderTest api;

  @BeforeAll
  void start() throws Exception {
    api = new ApiUnderTest();
  }

  @AfterAll
  void end() throws Exception {
    api.close();
  }

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    root().detachAppender(log);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        request(400, "GET /health/live HTTP/1.1"),
        request(400, "GET /health/live HTTP/1.1", "Host: "),
        request(400, "GET /health/live HTTP/1.1", "Host: a b"),
        request(400, "GET /health/live HTTP/1.1", HOST, HOST),
        request(414, "GET /" + "x".repeat(5_000) + " HTTP/1.1", HOST),
        request(431, "GET /health/live HTTP/1.1", HOST, "X-Long: " + "x".repeat(10_000)),
        request(400, "GET /v1/services/%zz HTTP/1.1", HOST),
        request(400, "GET /v1/services?limit=%zz HTTP/1.1", HOST),
        request(400, "GET http://[ HTTP/1.1", HOST),
        request(400, "nonsense"),
        request(501, "FROBNICATE /health/live HTTP/1.1", HOST),
        request(505, "GET /health/live HTTP/7.1", HOST),
        request(400, "POST /v1/apply HTTP/1.1", HOST, "Content-Length: many"),
        request(413, "POST /v1/apply HTTP/1.1", HOST, "Content-Length: 99999999999"));
  }

  private static Arguments request(int status, String... lines) {
    return Arguments.of(status, lines);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void areRefusedWithAProblemAndNotLogged(int status, String[] lines) throws Exception {
    String answer = api.raw(lines);

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("Content-Type: application/problem+json")
        .containsIgnoringCase("Cache-Control: no-store");
    JsonNode problem = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank().endsWith(".");
    assertThat(log.list).isEmpty();
  }
}
