package io.holdfast.cli;

import io.holdfast.cli.console.Terminal;
import io.holdfast.cli.demo.DemoDirectory;
import io.holdfast.cli.role.DataDirectory;
import io.holdfast.cli.role.House;
import io.holdfast.cli.role.LocalNode;
import io.holdfast.cli.role.RoleLog;
import io.holdfast.core.CannotStart;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Does a little of everything and prints nothing.
 *
 * <p>The launcher runs it once per build while the JVM records which classes are needed, so that
 * every later start finds them loaded and linked.
 */
@Command(name = "rehearse", hidden = true, description = "Does a little of everything.")
final class RehearseCommand implements Callable<Integer> {

  private static final String SPEC =
      """
      name: rehearsal
      command: [sleep, "60"]
      stop: {grace: 1s}
      """;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("apply", "-f", "-", "--wait", "--timeout", "10s"),
          List.of("get", "services"),
          List.of("get", "nodes", "-o", "yaml"),
          List.of("get", "routes", "-o", "json"),
          List.of("describe", "service", "rehearsal"),
          List.of("plan", "-f", "-"),
          List.of("why", "rehearsal"),
          List.of("events"),
          List.of("logs", "rehearsal"),
          List.of("get", "nonsense"));

  @Override
  public Integer call() throws CannotStart, InterruptedException {
    try (DemoDirectory directory = DemoDirectory.make()) {
      RoleLog.toFile(directory.path().resolve("rehearsal.log"));
      House house = House.start(settings(directory));
      try {
        COMMANDS.forEach(command -> run(house, command));
      } finally {
        house.stop();
      }
    }
    return 0;
  }

  private static void run(House house, List<String> command) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Holdfast.run(
        new Terminal(
            new ByteArrayInputStream(SPEC.getBytes(StandardCharsets.UTF_8)),
            nowhere,
            nowhere,
            Map.of("HOLDFAST_SERVER", house.http().toString())),
        command.toArray(String[]::new));
  }

  private static House.Settings settings(DemoDirectory directory) throws CannotStart {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new House.Settings(
        free, free, free, free, LocalNode.id(), DataDirectory.at(directory.path()));
  }
}
