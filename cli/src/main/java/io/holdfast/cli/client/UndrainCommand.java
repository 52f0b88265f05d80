package io.holdfast.cli.client;

import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast undrain}. */
@Command(
    name = "undrain",
    description = "Lets a node take instances again; what has moved away stays where it is.",
    mixinStandardHelpOptions = true)
public final class UndrainCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(arity = "1", paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Mixin private final ServerOption server = new ServerOption();

  public UndrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      client.post("/v1/nodes/" + AdminClient.segment(node) + "/undrain").orFail();
    }
    terminal.out().println(node + " takes instances again");
    return 0;
  }
}
