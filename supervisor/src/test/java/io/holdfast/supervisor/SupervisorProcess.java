package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A supervisor in a JVM of its own, so that it can be killed. */
final class SupervisorProcess implements AutoCloseable {

  private final Process process;
  private final InetSocketAddress http;

  private SupervisorProcess(Process process, InetSocketAddress http) {
    this.process = process;
    this.http = http;
  }

  /** What runs in the other JVM: prints the port it serves on, then waits to be killed. */
  public static void main(String[] arguments) throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Supervisor supervisor =
        Supervisor.start(new SupervisorSettings(free, free, free, Path.of(arguments[0])));
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close));
    System.out.println(supervisor.httpAddress().getPort());
    new CountDownLatch(1).await();
  }

  static SupervisorProcess start(Path data) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SupervisorProcess.class.getName(),
                    data.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String port = output.readLine();
    assertThat(port).as("the supervisor ended before it served").isNotNull();
    return new SupervisorProcess(
        process, new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
  }

  InetSocketAddress http() {
    return http;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
