package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, with real pipes. */
public final class HoldfastProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;

  private HoldfastProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  public static HoldfastProcess start(Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new HoldfastProcess(builder.start());
  }

  /** What the words follow. */
  public static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--sun-misc-unsafe-memory-access=allow",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        Holdfast.class.getName());
  }

  /** Sends it a signal, named without SIG. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** The pids of its children, those that nobody has reaped included. */
  public List<Long> children() {
    return process.children().map(ProcessHandle::pid).toList();
  }

  /** The next line of its output. */
  public String line() throws IOException {
    String line = out.readLine();
    assertThat(line).as("the output ended").isNotNull();
    return line;
  }

  /** The next line of its error output. */
  public String complaint() throws IOException {
    String line = process.errorReader(StandardCharsets.UTF_8).readLine();
    assertThat(line).as("the error output ended").isNotNull();
    return line;
  }

  /** Reads no more, as {@code head} does once it has enough. */
  public void leave() throws IOException {
    out.close();
  }

  /** Asks it to end, and keeps what it has printed, which {@link Process#destroy} would not. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for its end: how it was and what it said on its error output. */
  public Ran ended() throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    String err = process.errorReader(StandardCharsets.UTF_8).readAllAsString();
    return new Ran(process.exitValue(), "", err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
