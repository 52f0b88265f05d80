package io.holdfast.balancer.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request or a response as it was on the wire, its body put together. */
record Message(String start, List<String> headers, String text) {

  static Message readRequest(InputStream in) throws IOException {
    Message head = readHead(in);
    return head.with(head.isFramed() ? head.framedBody(in) : "");
  }

  /** Reads the response to a request that was not HEAD. */
  static Message readResponse(InputStream in) throws IOException {
    Message head = readHead(in);
    if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
      return head;
    }
    return head.with(head.isFramed() ? head.framedBody(in) : latin(in.readAllBytes()));
  }

  static Message readHead(InputStream in) throws IOException {
    String start = line(in);
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    return new Message(start, headers, "");
  }

  int status() {
    return Integer.parseInt(start.substring(9, 12));
  }

  Optional<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()).trim())
        .findFirst();
  }

  Message with(String content) {
    return new Message(start, headers, content);
  }

  private boolean isFramed() {
    return header("Content-Length").isPresent() || header("Transfer-Encoding").isPresent();
  }

  private String framedBody(InputStream in) throws IOException {
    return header("Content-Length").isPresent()
        ? latin(exactly(in, Integer.parseInt(header("Content-Length").orElseThrow())))
        : chunks(in);
  }

  private static String chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      body.write(exactly(in, size));
      line(in);
    }
    while (!line(in).isEmpty()) {
      // Trailers.
    }
    return latin(body.toByteArray());
  }

  static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the body broke off");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
