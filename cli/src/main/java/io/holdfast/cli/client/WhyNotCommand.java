package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast why-not}. */
@Command(
    name = "why-not",
    description = "Tells what a service that does not run as wanted waits for.",
    mixinStandardHelpOptions = true)
public final class WhyNotCommand implements Callable<Integer> {

  private static final List<String> TOLD =
      List.of("name", "state", "desired", "ready", "paused", "waitingFor");

  private final Terminal terminal;

  @Parameters(
      arity = "1",
      paramLabel = "SERVICE",
      converter = SlotRef.ServiceConverter.class,
      description = "What to explain.")
  private SlotRef target = SlotRef.UNSET;

  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  public WhyNotCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      JsonNode service = client.get("/v1/services/" + target.service());
      output.print(terminal, () -> told(service), () -> WaitingText.of(service));
    }
    return 0;
  }

  private static JsonNode told(JsonNode service) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    TOLD.stream().filter(service::has).forEach(key -> told.set(key, service.get(key)));
    return told;
  }
}
