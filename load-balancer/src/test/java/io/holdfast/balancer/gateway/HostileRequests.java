package io.holdfast.balancer.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a careless or hostile client may send, from RFC 9110 and RFC 9112, and what must come of it.
 */
final class HostileRequests {

  /** What would be served if the gateway and the instance disagreed on where a request ends. */
  static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: web\r\n\r\n";

  static final String NEXT = "GET /next HTTP/1.1\r\nHost: web\r\n\r\n";

  /**
   * One of them.
   *
   * @param statuses of all that is answered, in order. After anything but 1xx, 200, 404 and 417 the
   *     connection is ended.
   */
  record Case(String name, String bytes, List<Integer> statuses) {

    long served() {
      return statuses.stream().filter(status -> status == 200).count();
    }

    boolean ends() {
      return !List.of(100, 200, 404, 417).contains(statuses.getLast());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private HostileRequests() {
    requestLines();
    fields();
    characters();
    hosts();
    sizes();
    sequences();
    expectations();
    upgrades();
  }

  static List<Case> all() {
    return Stream.concat(new HostileRequests().cases.stream(), HostileFraming.all().stream())
        .toList();
  }

  private void requestLines() {
    raw("no version, as in HTTP/0.9", "GET /\r\n\r\n" + SMUGGLED, 400);
    raw("HTTP/0.9 with headers", "GET / HTTP/0.9\r\nHost: web\r\n\r\n" + SMUGGLED, 505);
    raw("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    raw("a version to come", "GET / HTTP/1.2\r\nHost: web\r\n\r\n" + SMUGGLED, 505);
    raw("a version of two digits", "GET / HTTP/1.10\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("another protocol", "GET / ICAP/1.0\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a version in lower case", "GET / http/1.1\r\nHost: web\r\n\r\n" + NEXT, 200, 200);
    raw("a space in the target", "GET /a b HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a tab in the request line", "GET\t/ HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a form feed in the request line", "GET\f/ HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("two spaces in the request line", "GET  / HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a space before the method", " GET / HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a space after the version", "GET / HTTP/1.1 \r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a method that is no token", "G(ET / HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a colon in the method", "GET: / HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    raw("a control character in the target", "GET /a\u0001b HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("DEL in the target", "GET /a\u007fb HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("bytes beyond ASCII in the target", "GET /\u00e9 HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("a fragment in the target", "GET /a#b HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("a bare CR in the request line", "GET /\rHost: web HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("a target that is no path", "GET admin HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("an asterisk for GET", "GET * HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("an asterisk for OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: web\r\n\r\n" + NEXT, 200, 200);
    raw(
        "the start of TLS",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n",
        400);
    raw("an empty line before the request", "\r\n" + NEXT, 200);
    raw("nothing but a line", "\r\n\r\n\r\nx\r\n\r\n", 400);
    raw("CONNECT", "CONNECT web:80 HTTP/1.1\r\nHost: web\r\n\r\n" + SMUGGLED, 501);
    raw("a method nobody knows", "BREW / HTTP/1.1\r\nHost: web\r\n\r\n" + NEXT, 200, 200);
  }

  private void fields() {
    field("a folded line", "X-A: a\r\n b", 400);
    field("a line folded by a tab", "X-A: a\r\n\tb", 400);
    field("a fold that hides a coding", "X-A: a\r\n Transfer-Encoding: chunked", 400);
    field("a folded length", "Content-Length:\r\n 5", 400);
    field("a fold of nothing", "X-A: a\r\n ", 400);
    raw("a fold before any header", "GET / HTTP/1.1\r\n X: a\r\nHost: web\r\n\r\n" + SMUGGLED, 400);
    field("a space before the colon", "X-A : a", 400);
    field("a tab before the colon", "X-A\t: a", 400);
    field("no colon", "nonsense", 400);
    field("no name", ": a", 400);
    field("a space in a name", "X A: a", 400);
    field("a slash in a name", "X/A: a", 400);
    field("a bracket in a name", "X(A): a", 400);
    field("an empty value", "X-A:", 200);
    field("no space after the colon", "X-A:a", 200);
    field("a value beyond ASCII", "X-A: \u00e9", 200);
    field("quotes that do not end", "X-A: \"a", 200);
  }

  private void characters() {
    raw("LF alone everywhere", "GET / HTTP/1.1\nHost: web\n\n" + SMUGGLED, 400);
    field("LF alone after a header", "X-A: a\nX-B: b", 400);
    field("CR alone in a value", "X-A: a\rX-B: b", 400);
    field("CR twice before LF", "X-A: a\r", 400);
    field("NUL in a value", "X-A: a\0b", 400);
    field("NUL in a name", "X\0A: a", 400);
    field("a control character in a value", "X-A: a\u0001b", 400);
    field("BEL in a value", "X-A: \u0007", 400);
    field("ESC in a value", "X-A: \u001b[0m", 400);
    field("DEL in a value", "X-A: a\u007fb", 400);
    field("a control character in a name", "X\u0001A: a", 400);
    field("a byte beyond ASCII in a name", "X\u00e9: a", 400);
    field("a vertical tab after a name", "X-A\u000b: a", 400);
  }

  private void hosts() {
    raw("no Host", "GET / HTTP/1.1\r\n\r\n" + SMUGGLED, 400);
    field("a second Host", "Host: other", 400);
    field("the same Host again", "Host: web", 400);
    host("an empty Host", "", 404);
    host("a list of Hosts", "web, other", 400);
    host("a Host with a user", "other@web", 400);
    host("a Host with a path", "web/admin", 400);
    host("a Host with a space", "we b", 400);
    host("a Host with a bad port", "web:http", 400);
    host("a Host with a port beyond all", "web:99999999", 400);
    host("a Host in quotes", "\"web\"", 400);
    host("a Host with a control character", "web\u0001", 400);
    host("a Host in capitals with a dot and a port", "WEB.localhost.:80", 200);
    raw(
        "a whole URI wins over Host",
        "GET http://web/a HTTP/1.1\r\nHost: other\r\n\r\n" + NEXT,
        200,
        200);
    raw("a whole URI with a user", "GET http://a@web/ HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("a whole URI of nobody", "GET http:///a HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("another scheme", "GET file:///etc/passwd HTTP/1.1\r\nHost: web\r\n\r\n", 400);
    raw("a whole URI without Host", "GET http://web/ HTTP/1.1\r\n\r\n", 400);
    raw(
        "no service in the prefix",
        "GET /-/../admin HTTP/1.1\r\nHost: web\r\n\r\n" + NEXT,
        404,
        200);
  }

  private void sizes() {
    raw("a target too long", "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: web\r\n\r\n", 414);
    raw("a line without end", "a".repeat(9_000), 414);
    field("a header too long", "X-A: " + "a".repeat(40_000), 431);
    field("too many headers", "X-A: a\r\n".repeat(8_000) + "X-B: b", 431);
    field("a name without end", "a".repeat(40_000), 431);
  }

  private void sequences() {
    raw("sent ahead", NEXT + NEXT + NEXT, 200, 200, 200);
    raw(
        "sent ahead after an error",
        NEXT + "GET / HTTP/1.1\r\nHost : web\r\n\r\n" + SMUGGLED,
        200,
        400);
    raw(
        "sent ahead after an unknown service",
        "GET / HTTP/1.1\r\nHost: no\r\n\r\n" + NEXT,
        404,
        200);
    raw("garbage sent ahead", NEXT + "\0\0\0\0\r\n\r\n", 200, 400);
    raw(
        "more after the last",
        "GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n" + SMUGGLED,
        200);
  }

  private void expectations() {
    post(
        "100-continue", "Content-Length: 5\r\nExpect: 100-continue", "hello" + NEXT, 100, 200, 200);
    post(
        "100-continue in capitals", "Content-Length: 5\r\nExpect: 100-Continue", "hello", 100, 200);
    post(
        "100-continue without a body", "Content-Length: 0\r\nExpect: 100-continue", NEXT, 200, 200);
    field("a miracle", "Expect: miracles", 417);
    field("two expectations", "Expect: 100-continue\r\nExpect: miracles", 417);
    field("a list of expectations", "Expect: 100-continue, miracles", 417);
    post("a miracle with a body", "Content-Length: 5\r\nExpect: miracles", "hello" + SMUGGLED, 417);
    raw(
        "100-continue from an old client",
        "POST / HTTP/1.0\r\nHost: web\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
        200);
  }

  private void upgrades() {
    field(
        "an offer of HTTP/2",
        "Upgrade: h2c\r\nConnection: upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        200);
    field("an upgrade that Connection does not name", "Upgrade: websocket", 200);
    raw(
        "an upgrade that the instance declines",
        "GET / HTTP/1.1\r\nHost: web\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"
            + SMUGGLED,
        200);
    field("an upgrade to no token", "Upgrade: web socket\r\nConnection: upgrade", 400);
    field("an empty upgrade", "Upgrade:\r\nConnection: upgrade", 200);
    raw(
        "an upgrade from an old client",
        "GET / HTTP/1.0\r\nHost: web\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        200);
    field("a Connection that names Host", "Connection: host", 200);
  }

  private void raw(String name, String bytes, Integer... statuses) {
    cases.add(new Case(name, bytes, List.copyOf(Arrays.asList(statuses))));
  }

  private void field(String name, String field, int status) {
    String request = "GET / HTTP/1.1\r\nHost: web\r\n" + field + "\r\n\r\n";
    boolean goesOn = status == 200 || status == 417;
    if (goesOn) {
      raw(name, request + NEXT, status, 200);
    } else {
      raw(name, request + "0\r\n\r\n" + SMUGGLED, status);
    }
  }

  private void host(String name, String host, int status) {
    raw(name, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", status);
  }

  private void post(String name, String field, String after, Integer... statuses) {
    raw(name, "POST / HTTP/1.1\r\nHost: web\r\n" + field + "\r\n\r\n" + after, statuses);
  }
}
