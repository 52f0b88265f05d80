package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast plan}. */
@Command(
    name = "plan",
    description =
        "Shows what apply would change, which instances would restart, and what depends on them.",
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "Specifications in YAML or JSON; a directory's *.yaml, *.yml and *.json.")
  private List<String> files = List.of();

  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  public PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SpecText specs = SpecFiles.read(terminal, files);
    try (AdminClient client = server.client()) {
      JsonNode plan = Applying.plan(client, specs);
      output.print(terminal, () -> plan, () -> PlanText.of(plan.path("applied")));
    }
    return 0;
  }
}
