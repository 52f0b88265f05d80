package io.holdfast.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An agent in a process of its own, to be killed. */
final class AgentMain {

  private AgentMain() {}

  public static void main(String[] arguments) throws Exception {
    InetSocketAddress supervisor =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
    Agent agent = AgentFixture.start(Path.of(arguments[0]), supervisor);
    new CountDownLatch(1).await();
    agent.close();
  }

  static Process start(Path data, InetSocketAddress supervisor) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AgentMain.class.getName(),
            data.toString(),
            Integer.toString(supervisor.getPort()))
        .inheritIO()
        .start();
  }
}
