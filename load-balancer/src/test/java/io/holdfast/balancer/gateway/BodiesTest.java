package io.holdfast.balancer.gateway;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodiesTest {

  private static final int BIG = 64 << 20;
  private static final int SOME = 8 << 20;

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1 << 20})
  void bodiesOfAnyLengthComeThroughBothWays(int length) throws Exception {
    String body = "ab".repeat(length / 2 + 1).substring(0, length);
    try (Backend echo =
            Backend.that((request, socket, out) -> Backend.respond(out, "200 OK", request.text()));
        Setup setup = Setup.of(data, Setup.IN_TURN, echo);
        RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(RawClient.withBody("POST", body)).text()).isEqualTo(body);
      assertThat(client.ask(chunked(body)).text()).isEqualTo(body);
      assertThat(echo.connections()).isEqualTo(1);
    }
  }

  @Test
  void trailersComeThroughBothWaysButNotThoseThatBelongBeforeTheBody() throws Exception {
    String trailers =
        """
        X-Sum: 5\r
        Host: other\r
        Authorization: a\r
        X-Forwarded-For: 1.2.3.4\r
        Content-Type: a\r
        Connection: x-mine\r
        X-Mine: a\r
        \r
        """;
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (ServerSocket instance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Setup setup = Setup.on(data, Setup.IN_TURN, instance.getLocalPort());
        RawClient client = RawClient.to(setup.address())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = instance.accept()) {
                  Message request =
                      new StrictReader(socket.getInputStream()).request().orElseThrow();
                  seen.addAll(request.headers());
                  Backend.write(
                      socket.getOutputStream(),
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
                          + trailers);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      client.send(
          "POST / HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + trailers);

      assertThat(new StrictReader(client.in()).response(false).headers())
          .filteredOn(header -> header.startsWith("trailer "))
          .containsExactly("trailer X-Sum: 5");
      assertThat(seen)
          .filteredOn(header -> header.startsWith("trailer "))
          .containsExactly("trailer X-Sum: 5");
    }
  }

  @Test
  void manyTinyChunksAreNoTrouble() throws Exception {
    try (Backend echo =
            Backend.that((request, socket, out) -> Backend.respond(out, "200 OK", request.text()));
        Setup setup = Setup.of(data, Setup.IN_TURN, echo)) {
      String request =
          "POST / HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "1\r\nx\r\n".repeat(200_000)
              + "0\r\n\r\n";

      assertThat(RawClient.ask(setup.address(), request).text()).hasSize(200_000);
    }
  }

  @Test
  void aBigAnswerIsHeldBackUntilTheClientReads() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch wroteSome = new CountDownLatch(1);
    try (Backend big = Backend.that((request, socket, out) -> pour(out, written, wroteSome));
        Setup setup = Setup.of(data, Setup.IN_TURN, big);
        RawClient client = RawClient.to(setup.address())) {
      client.send(RawClient.get("/"));
      assertThat(Message.readHead(client.in()).status()).isEqualTo(200);
      Backend.await(wroteSome);

      assertThat(written.get()).isLessThan(BIG);
      assertThat(drain(client.in(), BIG)).isEqualTo(BIG);
    }
  }

  @Test
  void aSlowClientGetsAllOfABigAnswerThatEndsWithTheConnection() throws Exception {
    try (Backend closing =
            Backend.that(
                (request, socket, out) -> {
                  Backend.write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                  out.write(new byte[SOME]);
                  socket.close();
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, closing);
        RawClient client = RawClient.to(setup.address())) {
      client.send(RawClient.get("/").replace("HTTP/1.1", "HTTP/1.0"));
      Message.readHead(client.in());

      assertThat(RawClient.sip(client.in())).isEqualTo(SOME);
    }
  }

  @Test
  void aBigUploadIsHeldBackUntilTheInstanceReads() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (SlowReader reader = SlowReader.waitingFor(read, BIG);
        Setup setup = Setup.with(data, web(Setup.IN_TURN, endpoint(0, 1, reader.port())));
        RawClient client = RawClient.to(setup.address())) {
      AtomicLong sent = new AtomicLong();
      CountDownLatch sentSome = new CountDownLatch(1);
      CompletableFuture<Void> upload =
          CompletableFuture.runAsync(
              () -> SlowReader.upload(client, BIG, sent, sentSome),
              task -> Thread.ofVirtual().start(task));
      Backend.await(sentSome);
      assertThat(sent.get()).isLessThan(BIG);

      read.countDown();
      assertThat(client.read().text()).isEqualTo(Integer.toString(BIG));
      upload.join();
    }
  }

  @Test
  void chunkedAnswersAndThoseThatEndWithTheConnectionComeThroughWhole() throws Exception {
    String streamed = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    String unmeasured = "HTTP/1.0 200 OK\r\n\r\nto the end";
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> {
                  Backend.write(out, request.start().contains("/old") ? unmeasured : streamed);
                  if (request.start().contains("/old")) {
                    socket.close();
                  }
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("abc");
      Message old = client.ask(RawClient.get("/old"));
      assertThat(old.text()).isEqualTo("to the end");
      assertThat(old.header("Transfer-Encoding")).contains("chunked");
      assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("abc");
    }
  }

  @Test
  void anOldClientGetsNoChunks() throws Exception {
    String streamed = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    try (Backend backend = Backend.that((request, socket, out) -> Backend.write(out, streamed));
        Setup setup = Setup.of(data, Setup.IN_TURN, backend)) {
      Message answer =
          RawClient.ask(
              setup.address(), "GET / HTTP/1.0\r\nHost: web\r\nConnection: keep-alive\r\n\r\n");

      assertThat(answer.text()).isEqualTo("abc");
      assertThat(answer.header("Transfer-Encoding")).isEmpty();
      assertThat(answer.header("Connection")).contains("close");
    }
  }

  @Test
  void anAnswerToHeadHasItsLengthAndNoBody() throws Exception {
    try (Backend backend =
            Backend.that(
                (request, socket, out) ->
                    Backend.write(
                        out,
                        request.start().startsWith("HEAD")
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                            : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      client.send("HEAD / HTTP/1.1\r\nHost: web\r\n\r\n");
      Message head = Message.readHead(client.in());
      assertThat(head.header("Content-Length")).contains("1000");

      assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("ok");
      client.send("HEAD / HTTP/1.1\r\nHost: nobody\r\n\r\n");
      assertThat(Message.readHead(client.in()).status()).isEqualTo(404);
      assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "304 Not Modified"})
  void answersWithoutABodyLeaveTheConnectionInStep(String status) throws Exception {
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> Backend.write(out, "HTTP/1.1 " + status + "\r\n\r\n"));
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.ask(RawClient.get("/")).start()).endsWith(status);
      }
    }
  }

  @Test
  void hintsBeforeTheAnswerAreNotTakenForIt() throws Exception {
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> {
                  Backend.write(out, "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n");
                  Backend.respond(out, "200 OK", "answer");
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("answer");
      assertThat(client.ask(RawClient.get("/")).text()).isEqualTo("answer");
    }
  }

  @Test
  void connectionsAreUsedAgainOnBothSidesAndRequestsSentAheadAreAnsweredInOrder() throws Exception {
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> Backend.respond(out, "200 OK", request.start()));
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      client.send(RawClient.get("/1") + RawClient.withBody("POST", "x") + RawClient.get("/3"));

      assertThat(client.read().text()).startsWith("GET /1 ");
      assertThat(client.read().text()).startsWith("POST / ");
      assertThat(client.read().text()).startsWith("GET /3 ");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatTheInstanceEndsIsNotUsedAgain() throws Exception {
    try (Backend backend =
            Backend.that(
                (request, socket, out) -> {
                  Backend.respond(out, "200 OK\r\nConnection: close", "bye");
                  socket.close();
                });
        Setup setup = Setup.of(data, Setup.IN_TURN, backend);
        RawClient client = RawClient.to(setup.address())) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.ask(RawClient.withBody("POST", "x")).text()).isEqualTo("bye");
      }
      assertThat(backend.connections()).isEqualTo(3);
    }
  }

  private static String chunked(String body) {
    String chunk =
        body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    return "POST / HTTP/1.1\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunk
        + "0\r\n\r\n";
  }

  private static void pour(OutputStream out, AtomicLong written, CountDownLatch wroteSome)
      throws IOException {
    Backend.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + BIG + "\r\n\r\n");
    byte[] block = new byte[64 << 10];
    Arrays.fill(block, "x".getBytes(StandardCharsets.US_ASCII)[0]);
    while (written.get() < BIG) {
      out.write(block);
      if (written.addAndGet(block.length) == block.length) {
        wroteSome.countDown();
      }
    }
  }

  private static long drain(InputStream in, long wanted) throws IOException {
    long drained = 0;
    while (drained < wanted) {
      drained += in.readNBytes((int) Math.min(1 << 20, wanted - drained)).length;
    }
    return drained;
  }
}
