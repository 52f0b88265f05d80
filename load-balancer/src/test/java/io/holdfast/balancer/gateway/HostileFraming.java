package io.holdfast.balancer.gateway;

import io.holdfast.balancer.gateway.HostileRequests.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests whose end two parsers could see in different places. */
final class HostileFraming {

  private static final String SMUGGLED = HostileRequests.SMUGGLED;
  private static final String NEXT = HostileRequests.NEXT;

  private final List<Case> cases = new ArrayList<>();

  private HostileFraming() {
    lengths();
    codings();
    chunks();
  }

  static List<Case> all() {
    return List.copyOf(new HostileFraming().cases);
  }

  private void lengths() {
    post("two equal lengths", "Content-Length: 5\r\nContent-Length: 5", "hello", 400);
    post("two different lengths", "Content-Length: 5\r\nContent-Length: 6", "hello", 400);
    post("a list of lengths", "Content-Length: 5, 5", "hello", 400);
    post("a length with a sign", "Content-Length: +5", "hello", 400);
    post("a negative length", "Content-Length: -1", "hello", 400);
    post("a hexadecimal length", "Content-Length: 0x5", "hello", 400);
    post("a length with a space in it", "Content-Length: 5 0", "hello", 400);
    post("an empty length", "Content-Length:", "hello", 400);
    post("a length in other digits", "Content-Length: \u00b2", "hello", 400);
    post("a length beyond 64 bits", "Content-Length: 18446744073709551621", "hello", 400);
    post("a fractional length", "Content-Length: 5.0", "hello", 400);
    post("a length with a semicolon", "Content-Length: 5;a=b", "hello", 400);
    post("a length with leading zeros", "Content-Length: 0005", "hello" + NEXT, 200, 200);
    post(
        "a length named by Connection",
        "Connection: content-length\r\nContent-Length: " + SMUGGLED.length(),
        SMUGGLED,
        200);
    raw(
        "a length on GET",
        "GET / HTTP/1.1\r\nHost: web\r\nContent-Length: "
            + SMUGGLED.length()
            + "\r\n\r\n"
            + SMUGGLED,
        200);
    raw(
        "an old client with a length",
        "POST / HTTP/1.0\r\nHost: web\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello"
            + NEXT,
        200,
        200);
  }

  private void codings() {
    post(
        "a length and a coding",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "0\r\n\r\n",
        400);
    post(
        "a coding and a length",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "0\r\n\r\n",
        400);
    post("two codings of chunked", "Transfer-Encoding: chunked, chunked", "0\r\n\r\n", 400);
    post(
        "two fields of chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "0\r\n\r\n",
        400);
    post("identity after chunked", "Transfer-Encoding: chunked, identity", "0\r\n\r\n", 400);
    post("identity", "Transfer-Encoding: identity", "0\r\n\r\n", 400);
    post("gzip before chunked", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n", 400);
    post("a coding that only looks like it", "Transfer-Encoding: xchunked", "0\r\n\r\n", 400);
    post("a quoted coding", "Transfer-Encoding: \"chunked\"", "0\r\n\r\n", 400);
    post("a coding with a parameter", "Transfer-Encoding: chunked;a=b", "0\r\n\r\n", 400);
    post("an empty coding", "Transfer-Encoding:", "0\r\n\r\n", 400);
    post("a comma after the coding", "Transfer-Encoding: chunked,", "0\r\n\r\n", 400);
    post("a vertical tab before the coding", "Transfer-Encoding:\u000bchunked", "0\r\n\r\n", 400);
    post("a space before the coding's colon", "Transfer-Encoding : chunked", "0\r\n\r\n", 400);
    post(
        "an underscore in the coding's name",
        "Transfer_Encoding: chunked\r\nContent-Length: 0",
        NEXT,
        200,
        200);
    post("the coding in capitals", "TRANSFER-ENCODING: CHUNKED", "0\r\n\r\n" + NEXT, 200, 200);
    post(
        "spaces around the coding",
        "Transfer-Encoding: \t chunked \t",
        "0\r\n\r\n" + NEXT,
        200,
        200);
    post(
        "a coding named by Connection",
        "Connection: transfer-encoding\r\nTransfer-Encoding: chunked",
        "5\r\nhello\r\n0\r\n\r\n" + NEXT,
        200,
        200);
    raw(
        "a coding from an old client",
        "POST / HTTP/1.0\r\nHost: web\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        400);
  }

  private void chunks() {
    chunked("no size", "\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a size that is no number", "five\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a size with a prefix", "0x5\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a size with a sign", "+5\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a negative size", "-5\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a size beyond 32 bits", "100000005\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a size beyond 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a space before the size", " 5\r\nhello\r\n0\r\n\r\n", 400);
    chunked("an underscore in the size", "0_5\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a space after the last size", "5\r\nhello\r\n0 \r\n\r\n" + SMUGGLED, 400);
    chunked("two sizes", "5 5\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a size that ends with LF alone", "5\nhello\r\n0\r\n\r\n", 400);
    chunked("a size that ends with CR alone", "5\rhello\r\n0\r\n\r\n", 400);
    chunked("a chunk longer than its size", "4\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a chunk that ends with LF alone", "5\r\nhello\n0\r\n\r\n", 400);
    chunked("a chunk that does not end", "5\r\nhello0\r\n\r\n", 400);
    chunked("a size in capitals", "A\r\n0123456789\r\n0\r\n\r\n" + NEXT, 200, 200);
    chunked("zeros before the size", "0000005\r\nhello\r\n000\r\n\r\n" + NEXT, 200, 200);
    chunked("an extension", "5;name=value\r\nhello\r\n0\r\n\r\n" + NEXT, 200, 200);
    chunked("a bare LF in an extension", "5;a\nb\r\nhello\r\n0\r\n\r\n" + SMUGGLED, 400);
    chunked("a bare CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n" + SMUGGLED, 400);
    chunked("an extension without end", "5;" + "a".repeat(20_000) + "\r\nhello\r\n0\r\n\r\n", 400);
    chunked("a trailer", "0\r\nX-Sum: 5\r\n\r\n" + NEXT, 200, 200);
    chunked(
        "framing in a trailer",
        "0\r\nContent-Length: 50\r\nTransfer-Encoding: x\r\n\r\n" + NEXT,
        200,
        200);
    chunked("a trailer without a colon", "0\r\nnonsense\r\n\r\n" + SMUGGLED, 400);
    chunked("a trailer with LF alone", "0\r\nX-Sum: 5\nHost: a\r\n\r\n" + SMUGGLED, 400);
    chunked(
        "trailers without end",
        "0\r\n" + "X-Sum: 55555555555555555\r\n".repeat(2_000) + "\r\n",
        400);
  }

  private void raw(String name, String bytes, Integer... statuses) {
    cases.add(new Case(name, bytes, List.copyOf(Arrays.asList(statuses))));
  }

  private void post(String name, String field, String after, Integer... statuses) {
    raw(name, "POST / HTTP/1.1\r\nHost: web\r\n" + field + "\r\n\r\n" + after, statuses);
  }

  private void chunked(String name, String body, Integer... statuses) {
    post(name, "Transfer-Encoding: chunked", body, statuses);
  }
}
