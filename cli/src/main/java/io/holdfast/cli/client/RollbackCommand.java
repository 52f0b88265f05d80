package io.holdfast.cli.client;

import io.holdfast.cli.console.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast rollback}. */
@Command(
    name = "rollback",
    description = "Has a service run again what it ran before; the number of instances stays.",
    mixinStandardHelpOptions = true)
public final class RollbackCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "1",
      paramLabel = "SERVICE",
      converter = SlotRef.ServiceConverter.class,
      description = "What to roll back.")
  private SlotRef target = SlotRef.UNSET;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version to go back to; the one before the present one if not said.")
  private Optional<Long> version = Optional.empty();

  @Mixin private final ServerOption server = new ServerOption();

  public RollbackCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String query = version.map(to -> "?to=" + to).orElse("");
    try (AdminClient client = server.client()) {
      client.post("/v1/services/" + target.service() + "/rollback" + query).orFail();
    }
    terminal.out().println(target + " is being rolled back");
    return 0;
  }
}
