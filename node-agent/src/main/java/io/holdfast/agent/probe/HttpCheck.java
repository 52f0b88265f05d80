package io.holdfast.agent.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * One GET on a connection of its own, of which only the first line of the answer is looked at.
 *
 * <p>By hand, because a client with pools and threads would bring its own queues into the answer,
 * and because a thousand of these a second must not be felt.
 */
final class HttpCheck implements Check {

  private static final int LONGEST_LINE = 512;
  private static final int LOWEST_GOOD = 200;
  private static final int LOWEST_BAD = 400;

  private final InetSocketAddress address;
  private final String what;
  private final byte[] request;
  private final Duration timeout;

  HttpCheck(InetSocketAddress address, String path, Duration timeout) {
    this.address = address;
    this.what = "GET " + path + " on port " + address.getPort();
    this.request = request(address, path);
    this.timeout = timeout;
  }

  @Override
  public ProbeResult run() throws NotMade {
    long end = System.nanoTime() + timeout.toNanos();
    try (Socket socket = new Socket()) {
      socket.connect(address, millis(end));
      socket.getOutputStream().write(request);
      return judge(StatusLine.code(firstLine(socket, end)));
    } catch (SocketTimeoutException e) {
      return ProbeResult.missed(what + " got no answer within " + timeout.toMillis() + "ms");
    } catch (IOException e) {
      return ProbeResult.failed(what, e);
    }
  }

  private static byte[] request(InetSocketAddress address, String path) {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: holdfast-probe\r\nConnection: close\r\n\r\n"
            .formatted(path, address.getHostString(), address.getPort());
    return request.getBytes(StandardCharsets.UTF_8);
  }

  /** The time left is given to each read anew: drop by drop must not outlast the timeout. */
  private static String firstLine(Socket socket, long end) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] line = new byte[LONGEST_LINE];
    int length = 0;
    while (length < LONGEST_LINE) {
      socket.setSoTimeout(millis(end));
      int count = in.read(line, length, LONGEST_LINE - length);
      if (count < 0) {
        break;
      }
      int lineEnd = indexOfNewline(line, length, length + count);
      if (lineEnd >= 0) {
        length = lineEnd;
        break;
      }
      length += count;
    }
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static int indexOfNewline(byte[] line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private ProbeResult judge(OptionalInt status) {
    if (status.isEmpty()) {
      return ProbeResult.missed(what + " got no HTTP answer");
    }
    int code = status.getAsInt();
    return code >= LOWEST_GOOD && code < LOWEST_BAD
        ? ProbeResult.passed()
        : ProbeResult.missed(what + " answered " + code);
  }

  private static int millis(long end) throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
