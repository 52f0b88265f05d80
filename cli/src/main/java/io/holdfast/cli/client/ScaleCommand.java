package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast scale}. */
@Command(
    name = "scale",
    description = "Changes how many instances of a service should be ready.",
    mixinStandardHelpOptions = true)
public final class ScaleCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "1",
      paramLabel = "SERVICE",
      converter = SlotRef.ServiceConverter.class,
      description = "What to scale.")
  private SlotRef target = SlotRef.UNSET;

  @Parameters(index = "1", arity = "1", paramLabel = "N", description = "From 0 to 10000.")
  private int instances;

  @Mixin private final ServerOption server = new ServerOption();

  public ScaleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      client
          .post(
              "/v1/services/" + target.service() + "/scale",
              JsonNodeFactory.instance.objectNode().put("instances", instances))
          .orFail();
    }
    terminal.out().println(target + " is being scaled to " + instances);
    return 0;
  }
}
