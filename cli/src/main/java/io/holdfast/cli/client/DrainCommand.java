package io.holdfast.cli.client;

import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast drain}. */
@Command(
    name = "drain",
    description = "Has a node take nothing more, and all that is on it move to others.",
    mixinStandardHelpOptions = true)
public final class DrainCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(arity = "1", paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Option(
      names = "--wait",
      description =
          "Return when nothing is left on it; fail when it is lost, or when nothing has changed for"
              + " ten minutes. Ctrl-C ends only the waiting.")
  private boolean wait;

  @Mixin private final ServerOption server = new ServerOption();

  public DrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      String path = "/v1/nodes/" + AdminClient.segment(node);
      client.post(path + "/drain").orFail();
      terminal.out().println(node + " is draining");
      if (wait) {
        Emptying.of(node, terminal.out()::println).await(() -> client.find(path));
        terminal.out().println(node + " is drained");
      }
    }
    return 0;
  }
}
