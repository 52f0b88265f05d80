package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FramingTest {

  /** What would be served if the gateway and the instance disagreed on where a request ends. */
  private static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: web\r\n\r\n";

  @TempDir Path data;

  private Backend backend;
  private Setup setup;

  @BeforeEach
  void start() throws Exception {
    backend = Backend.saying("web");
    setup = Setup.of(data, Setup.IN_TURN, backend);
  }

  @AfterEach
  void stop() {
    setup.close();
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: 0x5",
        "Content-Length : 5",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding:\u000bchunked",
        "X-Folded: a\r\n b",
        "Content-Length: 5\r\n\t",
        "X-Folded: a\r\n Transfer-Encoding: chunked",
        "No colon here",
        "Host: other",
        ": no name",
      })
  void ambiguousFramingIsRefusedAndTheConnectionEnded(String header) throws Exception {
    try (RawClient client = RawClient.to(setup.address())) {
      client.send("POST / HTTP/1.1\r\nHost: web\r\n" + header + "\r\n\r\n0\r\n\r\n" + SMUGGLED);

      Message answer = client.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Connection")).contains("close");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(backend.requests()).isZero();
  }

  @Test
  void aFoldThatComesInPiecesIsSeenToo() throws Exception {
    try (RawClient client = RawClient.to(setup.address())) {
      client.send("GET / HTTP/1.1\r\nHost: web\r\nX-Folded: a\r\n");
      client.send(" ");
      client.send("b\r\n\r\n");

      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @Test
  void aFoldedLineInABodyIsJustABody() throws Exception {
    try (RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(RawClient.withBody("POST", "a\r\n b")).status()).isEqualTo(200);
      assertThat(client.ask(RawClient.get("/")).status()).isEqualTo(200);
    }
    assertThat(backend.awaitRequest().text()).isEqualTo("a\r\n b");
  }

  @Test
  void transferCodingsAreNotForOldClients() throws Exception {
    assertThat(
            RawClient.ask(
                    setup.address(),
                    "POST / HTTP/1.0\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aRequestWithoutAHostIsRefused() throws Exception {
    assertThat(RawClient.ask(setup.address(), "GET / HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
  }

  @Test
  void linesUpToEightKibibytesAreTaken() throws Exception {
    assertThat(RawClient.ask(setup.address(), RawClient.get("/" + "a".repeat(8_000))).status())
        .isEqualTo(200);
    assertThat(RawClient.ask(setup.address(), RawClient.get("/" + "a".repeat(8_300))).status())
        .isEqualTo(414);
  }

  @Test
  void headersUpToThirtyTwoKibibytesAreTaken() throws Exception {
    assertThat(RawClient.ask(setup.address(), withHeaders(30)).status()).isEqualTo(200);
    assertThat(RawClient.ask(setup.address(), withHeaders(40)).status()).isEqualTo(431);
  }

  @Test
  void whatIsNotSupportedIsSaid() throws Exception {
    assertThat(
            RawClient.ask(setup.address(), "CONNECT web:80 HTTP/1.1\r\nHost: web\r\n\r\n").status())
        .isEqualTo(501);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/2.0", "GET / HTTP/0.9", "GET /", "\u0016\u0003\u0001"})
  void whatIsNoRequestIsRefused(String start) throws Exception {
    assertThat(RawClient.ask(setup.address(), start + "\r\nHost: web\r\n\r\n").status())
        .isIn(400, 505);
  }

  @Test
  void aMalformedChunkIsRefusedAndNothingPassedOffAsComplete() throws Exception {
    try (RawClient client = RawClient.to(setup.address())) {
      client.send("POST / HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("5\r\nhello\r\nnonsense\r\n\r\n");

      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(backend.requests()).isZero();
  }

  @Test
  void anExpectationIsMetByTheGatewayItself() throws Exception {
    try (RawClient client = RawClient.to(setup.address())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: web\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      client.send("hello");
      assertThat(client.read().status()).isEqualTo(200);
    }
    Message seen = backend.awaitRequest();
    assertThat(seen.text()).isEqualTo("hello");
    assertThat(seen.header("Expect")).isEmpty();
  }

  @Test
  void anyOtherExpectationFails() throws Exception {
    assertThat(
            RawClient.ask(
                    setup.address(), "GET / HTTP/1.1\r\nHost: web\r\nExpect: miracles\r\n\r\n")
                .status())
        .isEqualTo(417);
  }

  private static String withHeaders(int kibibytes) {
    StringBuilder request = new StringBuilder("GET / HTTP/1.1\r\nHost: web\r\n");
    for (int i = 0; i < kibibytes; i++) {
      request.append("X-Padding-").append(i).append(": ").append("a".repeat(1_010)).append("\r\n");
    }
    return request.append("\r\n").toString();
  }
}
