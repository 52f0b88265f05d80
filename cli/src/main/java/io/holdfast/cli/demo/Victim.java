package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * The instance that a fault hits.
 *
 * @param id such as {@code web/1#4}
 * @param port where its switches are
 */
record Victim(String service, String id, long pid, String address, int port) {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Empty when the instance cannot be hit now. */
  static Optional<Victim> of(String service, JsonNode instance) {
    Iterator<JsonNode> ports = instance.path("ports").iterator();
    return instance.hasNonNull("pid") && ports.hasNext()
        ? Optional.of(
            new Victim(
                service,
                instance.path("id").asText(),
                instance.path("pid").asLong(),
                instance.path("address").asText("127.0.0.1"),
                ports.next().asInt()))
        : Optional.empty();
  }

  /** False when it was gone already. */
  boolean suffer(FaultKind kind) {
    return switch (kind) {
      case KILL -> ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
      case CRASH -> crash();
    };
  }

  private boolean crash() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(
              "POST /-/crash?code=3 HTTP/1.1\r\nHost: sample\r\nContent-Length: 0\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() < 0;
    } catch (IOException _) {
      // A reset is what the crash of the other side looks like; gone before is as good.
      return true;
    }
  }
}
