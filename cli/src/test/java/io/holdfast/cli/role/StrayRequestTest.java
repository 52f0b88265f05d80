package io.holdfast.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.HoldfastProcess;
import io.holdfast.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client at the wrong door: what it is told, and what the supervisor says of it. */
class StrayRequestTest {

  private static final Pattern GRPC = Pattern.compile("grpc=127\\.0\\.0\\.1:(\\d+)");
  private static final String FREE = "127.0.0.1:0";

  @TempDir Path directory;

  private HoldfastProcess supervisor() throws IOException {
    return HoldfastProcess.start(
        Map.of(),
        "supervisor",
        "--data",
        directory.toString(),
        "--http",
        FREE,
        "--grpc",
        FREE,
        "--cluster",
        FREE);
  }

  private static int grpcPort(String readyLine) {
    Matcher matcher = GRPC.matcher(readyLine);
    assertThat(matcher.find()).as(readyLine).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static void askInHttp1(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }

  @Test
  void isToldThatThisIsNoAdminApiAndLeavesTheSupervisorSilent() throws Exception {
    try (HoldfastProcess supervisor = supervisor()) {
      int port = grpcPort(supervisor.line());
      String url = "http://127.0.0.1:" + port;

      askInHttp1(port);
      Ran ran = Ran.holdfast("get", "services", "--server", url);
      supervisor.terminate();

      assertThat(ran.err())
          .isEqualToIgnoringNewLines(
              "what answers at "
                  + url
                  + " is no admin API of Holdfast: it does not speak HTTP/1.1");
      assertThat(supervisor.ended()).isEqualTo(new Ran(0, "", ""));
    }
  }
}
