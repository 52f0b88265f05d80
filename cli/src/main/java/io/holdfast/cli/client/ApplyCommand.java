package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.cli.console.DurationText;
import io.holdfast.cli.console.Terminal;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast apply}. */
@Command(
    name = "apply",
    description = "Creates or updates services and groups, all of them or none; removes nothing.",
    mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--wait", description = "Returns only when all services are ready or completed.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = DurationText.class,
      description = "How long to wait at most. Default: ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ofMinutes(2);

  @Mixin private final SpecsOption specs = new SpecsOption();
  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  public ApplyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SpecText text = specs.read(terminal);
    try (AdminClient client = server.client()) {
      JsonNode applied = Applying.apply(client, text);
      output.print(
          terminal,
          () -> JsonNodeFactory.instance.objectNode().set("applied", applied),
          () -> lines(applied));
      if (wait) {
        Readiness.await(client, applied, timeout);
      }
    }
    return 0;
  }

  private static String lines(JsonNode applied) {
    StringBuilder lines = new StringBuilder();
    applied.forEach(item -> lines.append(Applying.line(item)).append(System.lineSeparator()));
    return lines.toString();
  }
}
