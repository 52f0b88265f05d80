package io.holdfast.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A role as users run it, in a process of its own. */
final class RoleProcess {

  /** Of the build that is measured. */
  static final Path ROOT = Path.of(System.getProperty("holdfast.root"));

  private static final Duration LONGEST_BUILD = Duration.ofMinutes(20);

  private static final Set<Path> BUILT = ConcurrentHashMap.newKeySet();

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
    if (BUILT.add(root)) {
      build(root);
    }
    ProcessBuilder process =
        command(root, words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (!place.javaOptions().isEmpty()) {
      process.environment().put("HOLDFAST_JAVA_OPTS", place.javaOptions());
    }
    return place.inside(process::start);
  }

  /**
   * The launcher builds by itself where that is due, which takes minutes: those who wait for a role
   * to come up must not wait for that.
   */
  private static void build(Path root) throws Exception {
    Process build =
        command(root, List.of("version"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!build.waitFor(LONGEST_BUILD) || build.exitValue() != 0) {
      build.destroy();
      throw new IOException("the launcher at " + root + " did not come up");
    }
  }

  private static ProcessBuilder command(Path root, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("holdfast").toString());
    command.addAll(words);
    return new ProcessBuilder(command);
  }
}
