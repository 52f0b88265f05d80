package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast why}. */
@Command(
    name = "why",
    description = "Tells what went wrong last, what was seen of it, and what was done and why.",
    mixinStandardHelpOptions = true)
public final class WhyCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "1",
      paramLabel = "SERVICE[/SLOT]",
      converter = SlotRef.Converter.class,
      description = "What to explain.")
  private SlotRef target = SlotRef.UNSET;

  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  public WhyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      JsonNode incidents = concerned(client.get("/v1/services/" + target.service() + "/why"));
      output.print(terminal, () -> incidents, () -> text(incidents));
    }
    return 0;
  }

  private ArrayNode concerned(JsonNode incidents) {
    ArrayNode concerned = JsonNodeFactory.instance.arrayNode();
    for (JsonNode incident : incidents) {
      if (SlotMentions.concern(incident, target)) {
        concerned.add(incident);
      }
    }
    return concerned;
  }

  private String text(JsonNode incidents) {
    return incidents.isEmpty()
        ? "no incident of " + target + " is remembered" + System.lineSeparator()
        : IncidentText.of(incidents);
  }
}
