package io.holdfast.balancer.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads messages that leave no choice to their reader, and throws at the first byte that does: the
 * grammar of RFC 9112 without anything that a recipient may, but need not, accept.
 */
record StrictReader(InputStream in) {

  private static final int LONGEST = 16 << 20;

  private static final Pattern REQUEST_LINE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-\"$-~]+ HTTP/1\\.1");
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.1 [1-5][0-9]{2} [\\t -~\\x80-\\xff]*");
  private static final Pattern FIELD =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \\t!-~\\x80-\\xff]*");

  /** Something that two parsers could read differently. */
  static final class Ambiguous extends IOException {

    private static final long serialVersionUID = 1L;

    Ambiguous(String what) {
      super(what);
    }
  }

  /** Empty when the connection has ended between two requests. */
  Optional<Message> request() throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    Message head = head((char) first + line(), REQUEST_LINE);
    require(count(head, "host") == 1, "one Host", head.toString());
    return Optional.of(framed(head).orElse(head));
  }

  /**
   * The next response, interim ones included.
   *
   * @param bodiless whether it answers HEAD
   */
  Message response(boolean bodiless) throws IOException {
    Message head = head(line(), STATUS_LINE);
    if (bodiless || head.status() < 200 || head.status() == 204 || head.status() == 304) {
      return head;
    }
    Optional<Message> framed = framed(head);
    return framed.isPresent() ? framed.get() : head.with(Message.latin(in.readAllBytes()));
  }

  private Message head(String start, Pattern pattern) throws IOException {
    require(pattern.matcher(start).matches(), "a start line", start);
    Message head = new Message(start, fields(), "");
    int lengths = count(head, "content-length");
    int codings = count(head, "transfer-encoding");
    require(lengths + codings <= 1, "one length", head.toString());
    return head;
  }

  private List<String> fields() throws IOException {
    List<String> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      require(FIELD.matcher(line).matches(), "a header", line);
      fields.add(line);
    }
    return fields;
  }

  private Optional<Message> framed(Message head) throws IOException {
    Optional<String> length = head.header("Content-Length");
    Optional<String> coding = head.header("Transfer-Encoding");
    if (length.isPresent()) {
      require(length.get().matches("[0-9]{1,19}"), "a length", length.get());
      return Optional.of(head.with(exactly(Long.parseLong(length.get()))));
    }
    if (coding.isPresent()) {
      require(coding.get().equals("chunked"), "chunked", coding.get());
      return Optional.of(chunked(head));
    }
    return Optional.empty();
  }

  private Message chunked(Message head) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      String size = line();
      require(size.matches("[0-9a-fA-F]{1,8}"), "the size of a chunk", size);
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        List<String> all = new ArrayList<>(head.headers());
        fields().forEach(trailer -> all.add("trailer " + trailer));
        return new Message(head.start(), all, body.toString());
      }
      body.append(exactly(length));
      require(line().isEmpty(), "the end of a chunk", "more");
    }
  }

  private String exactly(long count) throws IOException {
    if (count > LONGEST) {
      throw new EOFException("longer than anything that is sent here");
    }
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count) {
      throw new EOFException("the body broke off");
    }
    return Message.latin(bytes);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended within a line: " + line);
      }
      require(next != '\n' && next != 0, "no bare LF and no NUL", line.toString());
      line.append((char) next);
    }
    require(in.read() == '\n', "LF after CR", line.toString());
    return line.toString();
  }

  private static int count(Message head, String name) {
    return (int)
        head.headers().stream()
            .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
            .count();
  }

  private static void require(boolean holds, String expected, String got) throws Ambiguous {
    if (!holds) {
      throw new Ambiguous("expected " + expected + ", got " + got);
    }
  }
}
