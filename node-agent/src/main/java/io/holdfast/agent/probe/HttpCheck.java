package io.holdfast.agent.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One GET on a connection of its own, of which only the first line of the answer is read.
 *
 * <p>By hand, because a client with pools and threads would bring its own queues into the answer.
 */
final class HttpCheck {

  private static final Pattern STATUS = Pattern.compile("HTTP/\\d(?:\\.\\d)? (\\d{3})(?: .*)?");
  private static final int LONGEST_LINE = 512;
  private static final int LOWEST_GOOD = 200;
  private static final int LOWEST_BAD = 400;

  private HttpCheck() {}

  static ProbeResult get(InetSocketAddress address, String path, Duration timeout) {
    String what = "GET " + path + " on port " + address.getPort();
    long end = System.nanoTime() + timeout.toNanos();
    try (Socket socket = new Socket()) {
      socket.connect(address, millis(end));
      socket.getOutputStream().write(request(address, path));
      return judge(what, statusLine(socket, end));
    } catch (SocketTimeoutException e) {
      return ProbeResult.missed(what + " got no answer within " + timeout.toMillis() + "ms");
    } catch (IOException e) {
      return ProbeResult.missed(what + ": " + e.getMessage());
    }
  }

  private static byte[] request(InetSocketAddress address, String path) {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: holdfast-probe\r\nConnection: close\r\n\r\n"
            .formatted(path, address.getHostString(), address.getPort());
    return request.getBytes(StandardCharsets.UTF_8);
  }

  /** The time left is given to each read anew: drop by drop must not outlast the timeout. */
  private static String statusLine(Socket socket, long end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    while (line.length() < LONGEST_LINE) {
      socket.setSoTimeout(millis(end));
      int octet = in.read();
      if (octet < 0 || octet == '\n') {
        break;
      }
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  private static ProbeResult judge(String what, String line) {
    Matcher matcher = STATUS.matcher(line);
    if (!matcher.matches()) {
      return ProbeResult.missed(what + " got no HTTP answer");
    }
    int status = Integer.parseInt(matcher.group(1));
    return status >= LOWEST_GOOD && status < LOWEST_BAD
        ? ProbeResult.passed()
        : ProbeResult.missed(what + " answered " + status);
  }

  private static int millis(long end) throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
