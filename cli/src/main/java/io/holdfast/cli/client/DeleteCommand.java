package io.holdfast.cli.client;

import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast delete}. */
@Command(
    name = "delete",
    description = "Stops and forgets a service on which no other depends, or forgets a group.",
    mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "1",
      paramLabel = "NAME",
      converter = SlotRef.ServiceConverter.class,
      description = "What to delete.")
  private SlotRef target = SlotRef.UNSET;

  @Option(
      names = "--group",
      description = "It is a group, whose children go on without it; nothing is stopped.")
  private boolean group;

  @Mixin private final ServerOption server = new ServerOption();

  public DeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      client.delete((group ? "/v1/groups/" : "/v1/services/") + target.service()).orFail();
    }
    terminal.out().println((group ? "group " : "") + target + " is being deleted");
    return 0;
  }
}
