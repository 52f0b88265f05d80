package io.holdfast.cli.client;

import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast restart}. */
@Command(
    name = "restart",
    description = "Replaces the instances of a service, or one of them; revives what is held.",
    mixinStandardHelpOptions = true)
public final class RestartCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "1",
      paramLabel = "SERVICE[/SLOT]",
      converter = SlotRef.Converter.class,
      description = "What to restart.")
  private SlotRef target = SlotRef.UNSET;

  @Mixin private final ServerOption server = new ServerOption();

  public RestartCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String query = target.slot().isPresent() ? "?" + target.query() : "";
    try (AdminClient client = server.client()) {
      client.post("/v1/services/" + target.service() + "/restart" + query).orFail();
    }
    terminal.out().println(target + " is being restarted");
    return 0;
  }
}
