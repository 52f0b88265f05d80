package io.holdfast.benchmarks;

import io.holdfast.agent.Agent;
import io.holdfast.agent.PortRange;
import io.holdfast.agent.log.LogLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * An agent in a process of its own, with the memory that the launcher gives to one. Arguments: data
 * directory, port of the supervisor on loopback.
 */
final class AgentProcess {

  private static final PortRange PORTS = new PortRange(22_000, 24_999);

  private AgentProcess() {}

  public static void main(String[] arguments) throws Exception {
    InetSocketAddress supervisor =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
    Agent agent =
        Agent.start(
            House.settings("kills", supervisor, Path.of(arguments[0]), PORTS, LogLimits.DEFAULT));
    Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
    new CountDownLatch(1).await();
  }

  static Process start(Path data, InetSocketAddress supervisor) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
            "-cp",
            System.getProperty("java.class.path"),
            AgentProcess.class.getName(),
            data.toString(),
            Integer.toString(supervisor.getPort()))
        .inheritIO()
        .start();
  }
}
