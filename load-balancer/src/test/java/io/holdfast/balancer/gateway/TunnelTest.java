package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.draining;
import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After 101 of an instance both sides are streams of bytes. */
final class TunnelTest {

  private static final String ASK =
      """
      GET /chat HTTP/1.1\r
      Host: web\r
      Upgrade: websocket\r
      Connection: keep-alive, Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """;
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  private static final int BIG = 64 << 20;

  @TempDir Path data;

  @Test
  void bytesGoBothWaysUnchangedAndTheFirstOnesMayComeWithTheSwitch() throws Exception {
    try (Backend backend = switching("hello", Socket::getInputStream);
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      Message answer = client.ask(ASK);
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.header("Upgrade")).contains("websocket");
      assertThat(answer.header("X-Holdfast-Instance")).contains("web/0#1");
      assertThat(answer.header("Transfer-Encoding")).isEmpty();
      Message asked = backend.awaitRequest();
      assertThat(asked.header("Upgrade")).contains("websocket");
      assertThat(asked.header("Connection"))
          .hasValueSatisfying(v -> assertThat(v).isEqualToIgnoringCase("upgrade"));
      assertThat(asked.header("Sec-WebSocket-Key")).isPresent();

      assertThat(client.exactly(5)).isEqualTo("hello");
      client.send("GET / HTTP/1.1\r\n\r\n\0\1\2");
      assertThat(client.exactly(21)).isEqualTo("GET / HTTP/1.1\r\n\r\n\0\1\2");
    }
  }

  @Test
  void whatDoesNotFitIsHeldBack() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch wroteSome = new CountDownLatch(1);
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> {
                  Backend.write(out, SWITCH);
                  byte[] block = new byte[64 << 10];
                  while (written.get() < BIG) {
                    out.write(block);
                    written.addAndGet(block.length);
                    wroteSome.countDown();
                  }
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(ASK).status()).isEqualTo(101);
      Backend.await(wroteSome);
      assertThat(written.get()).isLessThan(BIG);

      assertThat(client.exactly(BIG)).hasSize(BIG);
    }
  }

  @Test
  void itCountsAsARequestInFlightUntilItEnds() throws Exception {
    try (Backend backend = switching("", Socket::getInputStream);
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      client.ask(ASK);
      setup.hub().change(view(2, web(Setup.IN_TURN, draining(endpoint(0, 1, backend.port())))));
      assertThat(setup.hub().awaitAck(2).getInFlightMap()).containsEntry("web/0#1", 1);
      client.send("still");
      assertThat(client.exactly(5)).isEqualTo("still");

      client.leave();
      setup.hub().awaitDrained(2);
      assertThat(setup.metrics())
          .contains("holdfast_gateway_requests_total{code=\"101\",service=\"web\"} 1.0");
    }
  }

  @Test
  void itEndsWhenTheInstanceLeavesTheViewAndIsNotTriedElsewhere() throws Exception {
    try (Backend first = switching("", Socket::getInputStream);
        Backend second = switching("", Socket::getInputStream);
        Setup setup = Setup.of(data, Setup.IN_TURN, first, second);
        RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(ASK).status()).isEqualTo(101);

      setup.change(web(Setup.IN_TURN, endpoint(1, 2, second.port())));
      assertThat(client.isEnded()).isTrue();
      assertThat(second.requests()).isZero();
    }
  }

  @Test
  void eitherSideEndsTheOtherAfterItsLastBytes() throws Exception {
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> {
                  Backend.write(out, SWITCH + "bye");
                  socket.close();
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(ASK).status()).isEqualTo(101);
      assertThat(client.exactly(3)).isEqualTo("bye");
      assertThat(client.isEnded()).isTrue();
    }
    CountDownLatch ended = new CountDownLatch(1);
    try (Backend backend = switching("", socket -> endSeen(socket, ended));
        Setup setup = Setup.of(data.resolve("other"), Setup.IN_TURN, backend)) {
      try (RawClient client = RawClient.to(setup.address())) {
        client.ask(ASK);
      }
      Backend.await(ended);
    }
  }

  @Test
  void aSlowClientGetsAllThatWasSaidBeforeTheEnd() throws Exception {
    int length = 16 << 20;
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> {
                  Backend.write(out, SWITCH);
                  out.write(new byte[length]);
                  socket.close();
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      client.ask(ASK);
      assertThat(RawClient.sip(client.in())).isEqualTo(length);
    }
  }

  @Test
  void whatWasSentBeforeTheSwitchGoesOnFirstAndInOrder() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Backend backend = switchingAfter(go, TunnelTest::echo);
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      String early = "GET /admin HTTP/1.1\r\nHost: web\r\n\r\n";
      client.send(RawClient.get("/before") + ASK + early);
      assertThat(client.read().status()).isEqualTo(200);
      client.send(" and more");
      assertThat(backend.awaitRequest().start()).startsWith("GET /before");
      assertThat(backend.awaitRequest().start()).startsWith("GET /chat");
      go.countDown();

      assertThat(client.read().status()).isEqualTo(101);
      client.send(" and late");
      String all = early + " and more and late";
      assertThat(client.exactly(all.length())).isEqualTo(all);
      assertThat(backend.requests()).isZero();
    }
  }

  @Test
  void whatDoesNotFitBeforeTheSwitchIsHeldBack() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong written = new AtomicLong();
    AtomicLong taken = new AtomicLong();
    try (Backend backend =
            switchingAfter(
                go,
                (in, out) -> {
                  taken.set(take(in, BIG));
                  Backend.write(out, "all");
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      client.send(ASK);
      Thread writer = Thread.ofVirtual().start(() -> pour(client, written));
      backend.awaitRequest();
      awaitStandstill(written, setup);
      assertThat(written.get()).isLessThan(BIG);
      go.countDown();

      assertThat(client.read().status()).isEqualTo(101);
      assertThat(client.exactly(3)).isEqualTo("all");
      assertThat(taken.get()).isEqualTo(BIG);
      writer.join();
    }
  }

  @Test
  void whatWasSentBeforeAnInstanceDeclinedIsNoRequest() throws Exception {
    String early = "GET /admin HTTP/1.1\r\nHost: web\r\n\r\n";
    try (Backend backend = Backend.failingWith("426 Upgrade Required");
        Setup setup = Setup.of(data, Setup.IN_TURN, backend)) {
      for (String refused : List.of(ASK, ASK.replace("Host: web", "Host: nobody"))) {
        try (RawClient client = RawClient.to(setup.address())) {
          client.send(refused + early);
          Message answer = client.read();
          assertThat(answer.status()).isIn(426, 404);
          assertThat(answer.header("Connection")).contains("close");
          assertThat(client.isEnded()).isTrue();
        }
      }
      assertThat(backend.awaitRequest().start()).startsWith("GET /chat");
      assertThat(backend.requests()).isZero();
    }
  }

  @Test
  void aSwitchToWhatWasNotAskedForIsNoAnswer() throws Exception {
    try (Backend backend =
            Backend.that(
                (request, socket, out) ->
                    Backend.write(out, SWITCH.replace("websocket", "something-else")));
        Setup setup = Setup.of(data, Setup.IN_TURN, backend)) {
      assertThat(RawClient.ask(setup.address(), ASK.replace("GET", "POST")).status())
          .isEqualTo(502);
    }
  }

  @Test
  void anInstanceThatDeclinesAnswersLikeAnyOther() throws Exception {
    try (Backend backend = Backend.failingWith("426 Upgrade Required");
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(ASK).status()).isEqualTo(426);
      assertThat(client.ask(ASK).status()).isEqualTo(426);
    }
  }

  @Test
  void closingTheGatewayLetsItGoOnForAWhileAndEndsItThen() throws Exception {
    try (Backend backend = switching("", Socket::getInputStream);
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      client.ask(ASK);
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(
              setup.gateway()::close, task -> Thread.ofPlatform().start(task));
      client.send("on");
      assertThat(client.exactly(2)).isEqualTo("on");

      assertThat(client.isEnded()).isTrue();
      closing.get(30, TimeUnit.SECONDS);
    }
  }

  /** What an instance echoes after the switch. */
  private interface Source {
    InputStream of(Socket socket) throws IOException;
  }

  private static Backend switching(String first, Source source) {
    return Backend.that(
        (request, socket, out) -> {
          Backend.write(out, SWITCH + first);
          echo(source.of(socket), out);
        });
  }

  /** What an instance does after the switch. */
  private interface Dialogue {
    void hold(InputStream in, OutputStream out) throws IOException;
  }

  /** One that also answers requests which ask for no switch. */
  private static Backend switchingAfter(CountDownLatch latch, Dialogue dialogue) {
    return Backend.that(
        (request, socket, out) -> {
          if (request.header("Upgrade").isEmpty()) {
            Backend.respond(out, "200 OK", "ok");
            return;
          }
          Backend.await(latch);
          Backend.write(out, SWITCH);
          dialogue.hold(socket.getInputStream(), out);
        });
  }

  /** Waits until no more is written although the gateway has had the time for other requests. */
  private static void awaitStandstill(AtomicLong written, Setup setup) throws IOException {
    long before = -1;
    while (before < written.get()) {
      before = written.get();
      for (int i = 0; i < 50; i++) {
        assertThat(RawClient.ask(setup.address(), RawClient.get("/")).status()).isEqualTo(200);
      }
    }
  }

  private static long take(InputStream in, int length) throws IOException {
    long left = length;
    byte[] block = new byte[64 << 10];
    for (int read = 0; left > 0 && read >= 0; left -= read) {
      read = in.read(block, 0, (int) Math.min(left, block.length));
    }
    return length - left;
  }

  private static void pour(RawClient client, AtomicLong written) {
    byte[] block = new byte[64 << 10];
    try {
      while (written.get() < BIG) {
        client.out().write(block);
        written.addAndGet(block.length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void echo(InputStream in, OutputStream out) throws IOException {
    byte[] block = new byte[1 << 10];
    for (int read = in.read(block); read > 0; read = in.read(block)) {
      Backend.write(out, new String(block, 0, read, StandardCharsets.ISO_8859_1));
    }
  }

  private static InputStream endSeen(Socket socket, CountDownLatch ended) throws IOException {
    if (socket.getInputStream().read() < 0) {
      ended.countDown();
    }
    return InputStream.nullInputStream();
  }
}
