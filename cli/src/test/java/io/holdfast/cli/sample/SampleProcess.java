package io.holdfast.cli.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The sample as a process of its own. */
final class SampleProcess implements AutoCloseable {

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  private SampleProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns when it serves. */
  static SampleProcess start(Map<String, String> environment, String... flags) throws IOException {
    Process process = launch(environment, flags);
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("sample: serves on port ")) {
        return new SampleProcess(process, Integer.parseInt(line.substring(23)));
      }
    }
    process.destroyForcibly();
    throw new IOException("the sample did not start");
  }

  static Process launch(Map<String, String> environment, String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-cp",
                classes(),
                Sample.class.getName()));
    command.addAll(List.of(flags));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String classes() {
    try {
      return Path.of(Sample.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it still keeps a request waiting when {@code patience} is over. */
  boolean keepsWaiting(String path, Duration patience) throws IOException, InterruptedException {
    try {
      http.send(request(path).timeout(patience).build(), BodyHandlers.ofString());
      return false;
    } catch (HttpTimeoutException _) {
      return true;
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return http.send(request(path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  Process process() {
    return process;
  }

  /** The exit code, once it has ended. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the sample goes on");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.shutdownNow();
  }
}
