package io.holdfast.supervisor.api;

import akka.actor.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The API on a port of its own, and a client. */
final class ApiUnderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final FakeControlPlane control = new FakeControlPlane();
  final PrometheusRegistry metrics = new PrometheusRegistry();

  private final ActorSystem system;
  private final ServerBinding binding;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  ApiUnderTest() throws Exception {
    system =
        ActorSystem.create(
            "api-test",
            ConfigFactory.parseString(
                    "akka { loglevel = WARNING, jvm-exit-on-fatal-error = off,"
                        + " loggers = [\"akka.event.slf4j.Slf4jLogger\"],"
                        + " logging-filter = \"akka.event.slf4j.Slf4jLoggingFilter\" }")
                .withFallback(ConfigFactory.load()));
    binding =
        Http.get(system)
            .newServerAt("127.0.0.1", 0)
            .withSettings(AdminApi.settings())
            .bind(AdminApi.routes(control, metrics))
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
  }

  int port() {
    InetSocketAddress address = binding.localAddress();
    return address.getPort();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<InputStream> open(String path, String... headers) throws Exception {
    return client.send(request(path, headers).GET().build(), BodyHandlers.ofInputStream());
  }

  HttpResponse<String> call(String method, String path, String body, String... headers)
      throws Exception {
    return send(request(path, headers).method(method, BodyPublishers.ofString(body)).build());
  }

  /** Sends exactly these lines and gives everything that comes back until the server closes. */
  String raw(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String text = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  void close() throws Exception {
    client.close();
    binding.unbind().toCompletableFuture().get(60, TimeUnit.SECONDS);
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(PATIENCE);
    return headers.length == 0 ? builder : builder.headers(headers);
  }
}
