package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.balancer.gateway.HostileAnswers.Case;
import java.io.EOFException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients get nothing ambiguous of what an instance answers, and nothing that is not theirs. */
final class HostileAnswersTest {

  private static final AtomicReference<String> ANSWER = new AtomicReference<>("");

  private static Backend instance;
  private static Setup setup;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    instance =
        Backend.that(
            (request, socket, out) -> {
              if (request.start().contains("/next")) {
                Backend.respond(out, "200 OK", "next");
              } else {
                Backend.write(out, ANSWER.get());
                socket.close();
              }
            });
    setup = Setup.of(data, Setup.IN_TURN, instance);
  }

  @AfterAll
  static void stop() {
    setup.close();
    instance.close();
  }

  static Stream<Case> cases() {
    return HostileAnswers.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void comesThroughCleanOrNotAtAll(Case hostile) throws Exception {
    ANSWER.set(hostile.bytes());
    try (RawClient client = RawClient.to(setup.address())) {
      StrictReader answers = new StrictReader(client.in());
      // Not idempotent, so that it is sent once only.
      client.send(RawClient.withBody("POST", "x"));
      if (!hostile.whole()) {
        assertThatThrownBy(() -> answers.response(false)).isInstanceOf(EOFException.class);
        return;
      }
      Message answer = answers.response(false);
      if (hostile.text().isEmpty()) {
        assertThat(answer.status()).isEqualTo(502);
      } else {
        assertThat(answer.text()).isEqualTo(hostile.text().get());
        assertThat(answer.header("Upgrade")).isEmpty();
      }
      client.send(RawClient.get("/next"));
      assertThat(answers.response(false).text()).isEqualTo("next");
    }
  }

  @Test
  void thereAreManyCases() {
    assertThat(cases().map(Case::name)).hasSizeGreaterThan(50).doesNotHaveDuplicates();
  }
}
