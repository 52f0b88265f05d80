package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast plan}. */
@Command(
    name = "plan",
    description =
        "Shows what apply would change, which instances would restart, and what depends on them.",
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final SpecsOption specs = new SpecsOption();
  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  public PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SpecText text = specs.read(terminal);
    try (AdminClient client = server.client()) {
      JsonNode plan = Applying.plan(client, text);
      output.print(terminal, () -> plan, () -> PlanText.of(plan.path("applied")));
    }
    return 0;
  }
}
