package io.holdfast.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The agent as users run it, in a process of its own. */
final class AgentProcess {

  /** The name of its node. */
  static final String NODE = "bench";

  private AgentProcess() {}

  static Process start(Path data, InetSocketAddress supervisor) throws IOException {
    return start(data, supervisor, ProcessBuilder.Redirect.INHERIT);
  }

  /** One of which is wanted what it has to say. */
  static Process start(Path data, InetSocketAddress supervisor, ProcessBuilder.Redirect said)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("holdfast.root"), "holdfast").toString(),
            "agent",
            "--supervisor",
            "127.0.0.1:" + supervisor.getPort(),
            "--node",
            NODE,
            "--data",
            data.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(said)
        .start();
  }
}
