package io.holdfast.balancer.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** One connection of a client that writes what it likes. */
final class RawClient implements AutoCloseable {

  private static final int GENEROUS_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  private RawClient(InetSocketAddress address) throws IOException {
    this.socket = new Socket(address.getAddress(), address.getPort());
    this.socket.setSoTimeout(GENEROUS_MILLIS);
    this.socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawClient to(InetSocketAddress address) throws IOException {
    return new RawClient(address);
  }

  /** One request on a connection of its own. */
  static Message ask(InetSocketAddress address, String request) throws IOException {
    try (RawClient client = to(address)) {
      return client.ask(request);
    }
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: web\r\n\r\n";
  }

  static String withBody(String method, String body) {
    return "%s / HTTP/1.1\r\nHost: web\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(method, body.length(), body);
  }

  Message ask(String request) throws IOException {
    send(request);
    return read();
  }

  void send(String text) throws IOException {
    out().write(text.getBytes(StandardCharsets.ISO_8859_1));
    out().flush();
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  InputStream in() {
    return in;
  }

  Message read() throws IOException {
    return Message.readResponse(in);
  }

  String exactly(int length) throws IOException {
    return Message.latin(in.readNBytes(length));
  }

  /** How much comes until the end, taken so slowly that it piles up. */
  static long sip(InputStream in) throws IOException {
    InputStream bytes = new BufferedInputStream(in, 512);
    long count = 0;
    while (bytes.read() >= 0) {
      count++;
    }
    return count;
  }

  void leave() throws IOException {
    socket.close();
  }

  /** Whether the other side has ended the connection, after all that it sent. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
