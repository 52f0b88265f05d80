package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.service;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutingTest {

  private static final RoutingPolicy WITH_HOST =
      RoutingPolicy.of(
          BalancingPolicy.P2C_EWMA,
          Optional.of("shop.example.com"),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          RetryPolicy.DEFAULT);

  @TempDir Path data;

  private Backend web;
  private Backend shop;
  private Setup setup;

  @BeforeEach
  void start() throws Exception {
    web = Backend.saying("web");
    shop = Backend.saying("shop");
    setup =
        Setup.with(
            data,
            web(endpoint(2, 17, web.port())),
            service(
                "shop",
                WITH_HOST,
                endpoint(new InstanceId(new ServiceName("shop"), 0, 1), shop.port())));
  }

  @AfterEach
  void stop() {
    setup.close();
    web.close();
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web",
        "WEB",
        "web:8080",
        "web.localhost",
        "Web.Localhost:80",
        "web.holdfast",
        "web."
      })
  void theHostNamesTheService(String host) throws Exception {
    Message answer = ask("GET /a?b=c HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

    assertThat(answer.text()).isEqualTo("web");
    assertThat(answer.header("X-Holdfast-Instance")).contains("web/2#17");
    assertThat(answer.header("X-Holdfast-Attempts")).contains("1");
    assertThat(web.awaitRequest().start()).isEqualTo("GET /a?b=c HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.example.com", "SHOP.example.com:8080"})
  void aHostOfItsOwnNamesTheServiceToo(String host) throws Exception {
    assertThat(ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").text()).isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/-/web/a/b?c", "/-/web", "/-/web?c", "http://localhost/-/web/a/b?c"})
  void aPathPrefixNamesTheServiceAndIsRemoved(String path) throws Exception {
    assertThat(ask("GET " + path + " HTTP/1.1\r\nHost: shop\r\n\r\n").text()).isEqualTo("web");

    assertThat(web.awaitRequest().start())
        .isIn("GET /a/b?c HTTP/1.1", "GET / HTTP/1.1", "GET /?c HTTP/1.1");
  }

  @Test
  void aWholeUriWinsOverTheHost() throws Exception {
    Message answer = ask("GET http://web.localhost:8080/x HTTP/1.1\r\nHost: shop\r\n\r\n");

    assertThat(answer.text()).isEqualTo("web");
    assertThat(web.awaitRequest().header("Host")).contains("web.localhost:8080");
  }

  @Test
  void anUnknownServiceIsNotFoundAndTheAnswerSaysWhatWasAsked() throws Exception {
    Message byHost = ask("GET / HTTP/1.1\r\nHost: nobody.localhost:8080\r\n\r\n");
    assertThat(byHost.status()).isEqualTo(404);
    assertThat(byHost.header("Content-Type")).contains("application/problem+json");
    assertThat(byHost.text())
        .contains("\"status\":404")
        .contains("There is no service by the Host 'nobody.localhost:8080'.");

    assertThat(ask("GET /-/nobody/x HTTP/1.1\r\nHost: web\r\n\r\n").text())
        .contains("There is no service by the path prefix '/-/nobody'.");
  }

  @Test
  void whatCannotBeShownInJsonIsNotShown() throws Exception {
    assertThat(ask("GET /-/a\"b/ HTTP/1.1\r\nHost: web\r\n\r\n").text())
        .contains("There is no service by the path prefix that was sent.");
  }

  @Test
  void requestsSayWhereTheyComeFromAndKeepWhatProxiesBeforeSaid() throws Exception {
    ask(
        """
        GET / HTTP/1.1\r
        Host: web.localhost:8080\r
        X-Forwarded-For: 10.0.0.1\r
        X-Forwarded-Host: forged\r
        \r
        """);

    Message seen = web.awaitRequest();
    assertThat(seen.header("X-Forwarded-For")).contains("10.0.0.1, 127.0.0.1");
    assertThat(seen.header("X-Forwarded-Host")).contains("web.localhost:8080");
    assertThat(seen.header("X-Forwarded-Proto")).contains("http");
    assertThat(seen.header("Host")).contains("web.localhost:8080");
  }

  @Test
  void aValidTraceIsContinuedAndAnyOtherReplaced() throws Exception {
    String valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    ask("GET / HTTP/1.1\r\nHost: web\r\ntraceparent: " + valid + "\r\n\r\n");
    ask("GET / HTTP/1.1\r\nHost: web\r\ntraceparent: 00-zero\r\ntracestate: a=b\r\n\r\n");

    assertThat(web.awaitRequest().header("traceparent")).contains(valid);
    Message made = web.awaitRequest();
    assertThat(made.header("traceparent").orElseThrow()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(made.header("tracestate")).isEmpty();
  }

  @Test
  void whatMeansOneConnectionIsNotPassedOn() throws Exception {
    ask(
        """
        GET / HTTP/1.1\r
        Host: web\r
        Connection: keep-alive, X-Mine, Host\r
        X-Mine: 1\r
        Keep-Alive: timeout=5\r
        TE: trailers\r
        Proxy-Authorization: secret\r
        X-Other: 2\r
        \r
        """);

    Message seen = web.awaitRequest();
    assertThat(seen.header("X-Other")).contains("2");
    assertThat(seen.header("Host")).contains("web");
    for (String dropped :
        new String[] {"Connection", "X-Mine", "Keep-Alive", "TE", "Proxy-Authorization"}) {
      assertThat(seen.header(dropped)).as(dropped).isEmpty();
    }
  }

  @Test
  void anOfferOfHttp2IsSimplyNotTaken() throws Exception {
    Message http2 =
        ask("GET / HTTP/1.1\r\nHost: web\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    assertThat(http2.status()).isEqualTo(200);
    assertThat(web.awaitRequest().header("Upgrade")).isEmpty();
  }

  @Test
  void beforeAnyViewIsHeldNothingIsKnownToBeMissing() throws Exception {
    InetSocketAddress nobody =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Setup.deadPort());
    try (Gateway early = Gateway.start(Setup.settings(data.resolve("early"), nobody))) {
      Message answer = RawClient.ask(early.address(), RawClient.get("/"));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).contains("1");
      assertThat(early.ready().toCompletableFuture()).isNotDone();
    }
  }

  private Message ask(String request) throws Exception {
    return RawClient.ask(setup.address(), request);
  }
}
