package io.holdfast.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One supervisor as users run it, in a process of its own, and what that uses. */
final class SupervisorProcess implements AutoCloseable {

  private static final Duration LONGEST_END = Duration.ofSeconds(30);
  private static final int BYTES_PER_KILO = 1024;

  private final Process process;
  private final int grpc;
  private final Api api;

  private SupervisorProcess(Process process, int grpc, int http) {
    this.process = process;
    this.grpc = grpc;
    this.api = new Api(http);
  }

  static SupervisorProcess open(Path data) throws Exception {
    int grpc = Ports.free();
    int http = Ports.free();
    Process process =
        RoleProcess.start(
            Place.HERE,
            List.of(
                "supervisor",
                "--data",
                data.toString(),
                "--http",
                "127.0.0.1:" + http,
                "--grpc",
                "127.0.0.1:" + grpc,
                "--cluster",
                "127.0.0.1:0"),
            data.resolve("supervisor.log"));
    SupervisorProcess supervisor = new SupervisorProcess(process, grpc, http);
    try {
      Waiting.until("the supervisor serves", supervisor::isReady);
      return supervisor;
    } catch (Exception e) {
      supervisor.close();
      throw e;
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return api.get("/health/ready").contains("\"up\"");
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  Api api() {
    return api;
  }

  InetSocketAddress grpc() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), grpc);
  }

  Duration cpu() throws IOException {
    return CpuTime.of(process);
  }

  /** What it holds of the machine's memory. */
  long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KILO)
        .sum();
  }

  /** What is alive on its heap, which a collection of all garbage tells. */
  long liveBytes() throws IOException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var lines = histogram.inputReader()) {
      String total = lines.lines().reduce("", (_, last) -> last).strip();
      String[] words = total.split("\\s+", -1);
      if (!words[0].equals("Total")) {
        throw new IOException("the heap was not told: " + total);
      }
      return Long.parseLong(words[2]);
    }
  }

  /** How many of these the record has since then. */
  long events(String type, Duration since) throws IOException, InterruptedException {
    String page = api.get("/v1/events?limit=1000&since=" + since.toSeconds() + "s");
    return page.split("\"type\":\"" + type + "\"", -1).length - 1L;
  }

  @Override
  public void close() {
    api.close();
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, LONGEST_END.toSeconds(), TimeUnit.SECONDS)
        .thenCompose(it -> it.destroyForcibly().onExit())
        .join();
  }
}
