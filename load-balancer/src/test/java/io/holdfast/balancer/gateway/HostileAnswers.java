package io.holdfast.balancer.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a broken or hostile instance may answer, and what the client may get to see of it. */
final class HostileAnswers {

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n";
  private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";

  /**
   * One of them. The instance ends the connection after it.
   *
   * @param text what the client gets with 200; 502 when empty
   * @param whole whether it gets the end of that, or else a cut connection
   */
  record Case(String name, String bytes, Optional<String> text, boolean whole) {

    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private HostileAnswers() {
    starts();
    lengths();
    codings();
    fields();
    interims();
    ends();
  }

  static List<Case> all() {
    return List.copyOf(new HostileAnswers().cases);
  }

  private void starts() {
    refused("nothing", "");
    refused("garbage", "\0\1\2\3garbage\r\n\r\n");
    refused("garbage before the status", "garbage\r\n" + OK + "Content-Length: 2\r\n\r\nok");
    refused("HTTP/0.9", "<html>ok</html>");
    refused("HTTP/2", "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok");
    refused("no status", "HTTP/1.1\r\nContent-Length: 2\r\n\r\nok");
    refused("a status that is no number", "HTTP/1.1 OK OK\r\nContent-Length: 2\r\n\r\nok");
    refused("a status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok");
    refused("a status of two digits", "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok");
    refused("a negative status", "HTTP/1.1 -20 OK\r\nContent-Length: 2\r\n\r\nok");
    refused("a status of no class", "HTTP/1.1 600 OK\r\nContent-Length: 2\r\n\r\nok");
    refused("NUL in the reason", "HTTP/1.1 200 O\0K\r\nContent-Length: 2\r\n\r\nok");
    refused(
        "a bare CR in the reason", "HTTP/1.1 200 O\rSet-Cookie: a\r\nContent-Length: 2\r\n\r\nok");
    refused("a line without end", "HTTP/1.1 200 " + "a".repeat(20_000));
    refused("a request", "GET / HTTP/1.1\r\nHost: web\r\n\r\n");
    given("no reason", "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok", "ok");
    given("an old server", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok");
  }

  private void lengths() {
    refused("two equal lengths", OK + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok");
    refused("two different lengths", OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nok");
    refused("a list of lengths", OK + "Content-Length: 2, 2\r\n\r\nok");
    refused("a negative length", OK + "Content-Length: -2\r\n\r\nok");
    refused("a length with a sign", OK + "Content-Length: +2\r\n\r\nok");
    refused("a length beyond 64 bits", OK + "Content-Length: 99999999999999999999\r\n\r\nok");
    refused("an empty length", OK + "Content-Length: \r\n\r\nok");
    given("a space before the length's colon", OK + "Content-Length : 2\r\n\r\nok", "ok");
    given("more than its length", OK + "Content-Length: 2\r\n\r\nok" + POISON, "ok");
    given(
        "a second answer",
        OK + "Content-Length: 2\r\n\r\nok" + OK + "Content-Length: 6\r\n\r\npoison",
        "ok");
    cut("less than its length", OK + "Content-Length: 20\r\n\r\nok", "ok");
    given("no length", OK + "\r\nok", "ok");
    given("a body with 204", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", "");
    given(
        "a body with 304",
        "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "");
  }

  private void codings() {
    refused(
        "a length and a coding",
        OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    refused(
        "a coding and a length",
        OK + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n");
    refused("gzip", OK + "Transfer-Encoding: gzip\r\n\r\nok");
    refused("gzip before chunked", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    refused("identity", OK + "Transfer-Encoding: identity\r\n\r\nok");
    refused(
        "two codings",
        OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    refused(
        "a coding from an old server",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    given(
        "chunks",
        OK + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-Sum: 2\r\n\r\n",
        "ok");
    cut(
        "a size that is no number",
        OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nx\r\n",
        "ok");
    cut(
        "a chunk longer than its size",
        OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n0\r\n\r\n",
        "ok");
    cut("chunks without end", OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", "ok");
    cut("a size with a sign", OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n-1\r\n", "ok");
    cut(
        "trailers without end",
        OK
            + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
            + "X-A: aaaaaaaaaaaa\r\n".repeat(9_000),
        "ok");
  }

  private void fields() {
    refused("a folded line", OK + "X-A: a\r\n b\r\nContent-Length: 2\r\n\r\nok");
    refused("no colon", OK + "nonsense\r\nContent-Length: 2\r\n\r\nok");
    refused("NUL in a value", OK + "X-A: a\0b\r\nContent-Length: 2\r\n\r\nok");
    refused("a bare CR in a value", OK + "X-A: a\rSet-Cookie: a\r\nContent-Length: 2\r\n\r\nok");
    refused("a space in a name", OK + "X A: a\r\nContent-Length: 2\r\n\r\nok");
    refused(
        "a header too large",
        OK + "X-A: " + "a".repeat(70_000) + "\r\nContent-Length: 2\r\n\r\nok");
    refused("headers too many", OK + "X-A: aaaaaaaaaaaaaaa\r\n".repeat(5_000) + "\r\n");
    given(
        "an unasked Upgrade",
        OK + "Upgrade: h2c\r\nConnection: upgrade\r\nContent-Length: 2\r\n\r\nok",
        "ok");
    given(
        "a Connection that names the length",
        OK + "Connection: content-length\r\nContent-Length: 2\r\n\r\nok",
        "ok");
  }

  private void interims() {
    given("100", "HTTP/1.1 100 Continue\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok", "ok");
    given(
        "hints",
        "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok",
        "ok");
    given(
        "an interim answer with a length",
        "HTTP/1.1 102 Processing\r\nContent-Length: 5\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok",
        "ok");
    refused(
        "a flood of interim answers",
        "HTTP/1.1 100 Continue\r\n\r\n".repeat(100) + OK + "Content-Length: 2\r\n\r\nok");
    refused("another protocol that nobody asked for", SWITCH + "\u0081\u0002ok");
    refused("an interim answer only", "HTTP/1.1 100 Continue\r\n\r\n");
  }

  private void ends() {
    refused("an end within the status", "HTTP/1.1 2");
    refused("an end within the headers", OK + "Content-Len");
    refused("an end before the empty line", OK + "Content-Length: 2\r\n");
  }

  private void refused(String name, String bytes) {
    cases.add(new Case(name, bytes, Optional.empty(), true));
  }

  private void given(String name, String bytes, String text) {
    cases.add(new Case(name, bytes, Optional.of(text), true));
  }

  private void cut(String name, String bytes, String text) {
    cases.add(new Case(name, bytes, Optional.of(text), false));
  }
}
