package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.console.Terminal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast describe}. */
@Command(
    name = "describe",
    description =
        "Shows everything about one service, node or group: also why its last instances ended.",
    mixinStandardHelpOptions = true)
public final class DescribeCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "1",
      paramLabel = "service|node|group",
      description = "Its kind.")
  private Kind kind = Kind.SERVICE;

  @Parameters(index = "1", arity = "1", paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  enum Kind {
    SERVICE,
    NODE,
    GROUP;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public DescribeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      JsonNode data = client.get(path());
      output.print(terminal, () -> data, () -> text(data));
    }
    return 0;
  }

  private String path() {
    return switch (kind) {
      case SERVICE -> "/v1/services/" + AdminClient.segment(name);
      case NODE -> "/v1/nodes/" + AdminClient.segment(name);
      case GROUP -> "/v1/groups/" + AdminClient.segment(name);
    };
  }

  private String text(JsonNode data) {
    return switch (kind) {
      case SERVICE -> ServiceText.of(data);
      case NODE -> NodeText.of(data);
      case GROUP -> GroupText.of(data);
    };
  }
}
