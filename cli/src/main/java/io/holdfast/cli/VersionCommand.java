package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.cli.client.Output;
import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast version}; asks nobody. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final Output output = new Output();

  public VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    output.print(
        terminal,
        () -> JsonNodeFactory.instance.objectNode().put("version", Version.text()),
        () -> "holdfast " + Version.text() + System.lineSeparator());
    return 0;
  }
}
