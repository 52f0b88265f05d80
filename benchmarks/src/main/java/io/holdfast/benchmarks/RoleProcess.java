package io.holdfast.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A role as users run it, in a process of its own. */
final class RoleProcess {

  private RoleProcess() {}

  /** The gateway, with all it does by default. */
  static Process gateway(Path data, InetSocketAddress supervisor, int port) throws IOException {
    return start(
        List.of(
            "gateway",
            "--supervisor",
            "127.0.0.1:" + supervisor.getPort(),
            "--listen",
            "127.0.0.1:" + port,
            "--data",
            data.toString()));
  }

  static Process start(List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("holdfast.root"), "holdfast").toString());
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
