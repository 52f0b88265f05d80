package io.holdfast.benchmarks;

import io.holdfast.agent.Agent;
import io.holdfast.agent.PortRange;
import io.holdfast.agent.log.LogLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An agent in a process of its own: data directory, port of the supervisor on loopback. */
final class AgentProcess {

  private static final PortRange PORTS = new PortRange(22_000, 24_999);

  private AgentProcess() {}

  public static void main(String[] arguments) throws Exception {
    InetSocketAddress supervisor =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
    Agent agent = Agent.start(House.settings("kills", supervisor, Path.of(arguments[0]), PORTS, LogLimits.DEFAULT));
    Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
    new CountDownLatch(1).await();
  }
}
