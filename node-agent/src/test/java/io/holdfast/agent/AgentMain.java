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
    Agent agent =
        AgentFixture.start(Path.of(arguments[0]), supervisor, Boolean.parseBoolean(arguments[2]));
    new CountDownLatch(1).await();
    agent.close();
  }

  static Process start(Path data, InetSocketAddress supervisor) throws Exception {
    return start(data, supervisor, false);
  }

  static Process start(Path data, InetSocketAddress supervisor, boolean portable) throws Exception {
    return start("--enable-native-access=ALL-UNNAMED", data, supervisor, portable);
  }

  /** One that must find out by itself that it can make no native calls. */
  static Process startWithoutNativeCalls(Path data, InetSocketAddress supervisor) throws Exception {
    return start("--illegal-native-access=deny", data, supervisor, false);
  }

  private static Process start(
      String access, Path data, InetSocketAddress supervisor, boolean portable) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            access,
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AgentMain.class.getName(),
            data.toString(),
            Integer.toString(supervisor.getPort()),
            Boolean.toString(portable))
        .inheritIO()
        .start();
  }
}
