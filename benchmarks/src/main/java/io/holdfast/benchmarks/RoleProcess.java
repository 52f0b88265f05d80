package io.holdfast.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A role as users run it, in a process of its own. */
final class RoleProcess {

  /** Of the build that is measured. */
  static final Path ROOT = Path.of(System.getProperty("holdfast.root"));

  private RoleProcess() {}

  /** The gateway, with all it does by default. */
  static Process gateway(Path data, InetSocketAddress supervisor, int port) throws IOException {
    return command(
            ROOT,
            List.of(
                "gateway",
                "--supervisor",
                "127.0.0.1:" + supervisor.getPort(),
                "--listen",
                "127.0.0.1:" + port,
                "--data",
                data.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What it says goes to {@code log}. */
  static Process start(Place place, List<String> words, Path log) throws Exception {
    return start(ROOT, place, words, log);
  }

  /** By the launcher of the build at {@code root}. */
  static Process start(Path root, Place place, List<String> words, Path log) throws Exception {
    ProcessBuilder process =
        command(root, words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (!place.javaOptions().isEmpty()) {
      process.environment().put("HOLDFAST_JAVA_OPTS", place.javaOptions());
    }
    return place.inside(process::start);
  }

  private static ProcessBuilder command(Path root, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("holdfast").toString());
    command.addAll(words);
    return new ProcessBuilder(command);
  }
}
