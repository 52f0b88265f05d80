package io.holdfast.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From SIGKILL of a service to its substitute answering a TCP connection, beside the floor: the
 * same service below the barest supervisor there is, a fork and an exec in C. Both are measured by
 * the same program, in turn, so that both see the same load.
 */
final class Restart {

  private static final int ROUNDS = 5;
  private static final int KILLS = 60;
  private static final int WARM_UP = 100;
  private static final long MICROS = 1_000;

  private final Path floor;

  private Restart(Path floor) {
    this.floor = floor;
  }

  public static void main(String[] arguments) throws Exception {
    Path work = Files.createTempDirectory("holdfast-floor");
    new Restart(CProgram.compiled("floor", work)).run();
    House.delete(work);
    System.exit(0);
  }

  private void run() throws Exception {
    String bare = Integer.toString(Ports.free());
    String ours = Integer.toString(Ports.free());
    Path data = Files.createTempDirectory("holdfast-restart");
    Process supervisor = process("supervise", bare);
    Process agent;
    try (Plane plane = Plane.open(data.resolve("supervisor"))) {
      agent = AgentProcess.start(data.resolve("agent"), plane.grpc());
      plane.apply(
          """
          kind: service
          name: web
          command: [%s, serve, "%s"]
          restart: {intensity: 1000000}
          """
              .formatted(floor, ours));
      measure(bare, WARM_UP);
      measure(ours, WARM_UP);
      compare(bare, ours);
    }
    IO.println(alone(ours).line());
    for (Process each : List.of(supervisor, agent)) {
      List<ProcessHandle> children = each.descendants().toList();
      each.destroyForcibly().waitFor();
      children.forEach(ProcessHandle::destroyForcibly);
    }
    House.delete(data);
  }

  private void compare(String bare, String ours) throws IOException {
    Samples least = new Samples("C fork and exec");
    Samples samples = new Samples("holdfast");
    for (int round = 0; round < ROUNDS; round++) {
      measure(bare, KILLS).forEach(least::add);
      measure(ours, KILLS).forEach(samples::add);
    }
    IO.println(least.line());
    IO.println(samples.line());
  }

  /** By its budget alone, without a supervisor. */
  private Samples alone(String port) throws IOException {
    Samples samples = new Samples("holdfast, cut off");
    measure(port, KILLS).forEach(samples::add);
    return samples;
  }

  private List<Duration> measure(String port, int kills) throws IOException {
    Process measuring = process("measure", port, Integer.toString(kills), "20");
    try (BufferedReader lines = measuring.inputReader()) {
      return lines
          .lines()
          .map(micros -> Duration.ofNanos((long) (Double.parseDouble(micros) * MICROS)))
          .toList();
    }
  }

  private Process process(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(floor.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
