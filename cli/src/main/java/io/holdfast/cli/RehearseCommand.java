package io.holdfast.cli;

import io.holdfast.cli.console.Terminal;
import io.holdfast.cli.demo.DemoDirectory;
import io.holdfast.cli.demo.DemoServices;
import io.holdfast.cli.role.DataDirectory;
import io.holdfast.cli.role.House;
import io.holdfast.cli.role.LocalNode;
import io.holdfast.cli.role.RoleLog;
import io.holdfast.core.CannotStart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Does a little of everything and prints nothing.
 *
 * <p>The launcher runs it once per build while the JVM records which classes are needed and which
 * methods are used most, so that every later start finds the ones loaded and compiles the others
 * first. A gateway on a busy host would otherwise be too slow at first for the load that it gets.
 */
@Command(name = "rehearse", hidden = true, description = "Does a little of everything.")
final class RehearseCommand implements Callable<Integer> {

  private static final String NAME = "rehearsal";
  private static final String SPEC = DemoServices.alone(NAME);

  /** So many that what each of them needs is known to be worth compiling. */
  private static final int REQUESTS = 6_000;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("apply", "-f", "-", "--wait", "--timeout", "10s"),
          List.of("get", "services"),
          List.of("get", "nodes", "-o", "yaml"),
          List.of("get", "routes", "-o", "json"),
          List.of("describe", "service", NAME),
          List.of("plan", "-f", "-"),
          List.of("why", NAME),
          List.of("events"),
          List.of("logs", NAME),
          List.of("get", "nonsense"));

  @Override
  public Integer call() throws CannotStart, IOException, InterruptedException {
    try (DemoDirectory directory = DemoDirectory.make()) {
      RoleLog.toFile(directory.path().resolve("rehearsal.log"));
      House house = House.start(settings(directory));
      try {
        COMMANDS.forEach(command -> run(house, command));
        request(house.gateway());
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

  private static void request(URI gateway) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/-/" + NAME + "/")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < REQUESTS; i++) {
        http.send(request, BodyHandlers.discarding());
      }
    }
  }

  private static House.Settings settings(DemoDirectory directory) throws CannotStart {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new House.Settings(
        free, free, free, free, LocalNode.id(), DataDirectory.at(directory.path()));
  }
}
