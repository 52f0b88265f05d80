package io.holdfast.cli.client;

import io.holdfast.cli.console.Terminal;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -f}: the specifications that a command is about. */
final class SpecsOption {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "Specifications in YAML or JSON; a directory's *.yaml, *.yml and *.json.")
  private List<String> files = List.of();

  SpecText read(Terminal terminal) {
    return SpecFiles.read(terminal, files);
  }
}
