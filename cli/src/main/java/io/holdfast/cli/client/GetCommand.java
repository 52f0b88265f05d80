package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.console.Terminal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast get}. */
@Command(
    name = "get",
    description = "Lists services, nodes, routes, groups or incidents.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "1",
      paramLabel = "services|nodes|routes|groups|incidents",
      description = "What to list.")
  private What what = What.SERVICES;

  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  enum What {
    SERVICES,
    NODES,
    ROUTES,
    GROUPS,
    INCIDENTS;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      JsonNode data = fetch(client);
      output.print(terminal, () -> data, () -> table(data));
    }
    return 0;
  }

  private JsonNode fetch(AdminClient client) {
    return switch (what) {
      case SERVICES -> client.list("/v1/services");
      case NODES -> client.list("/v1/nodes");
      case ROUTES -> client.get("/v1/routes");
      case GROUPS -> client.list("/v1/groups");
      case INCIDENTS -> client.list("/v1/incidents");
    };
  }

  private String table(JsonNode data) {
    return switch (what) {
      case SERVICES -> Tables.services(data);
      case NODES -> Tables.nodes(data);
      case ROUTES -> Tables.routes(data);
      case GROUPS -> Tables.groups(data);
      case INCIDENTS -> Tables.incidents(data);
    };
  }
}
