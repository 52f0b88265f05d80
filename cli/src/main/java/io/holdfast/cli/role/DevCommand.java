package io.holdfast.cli.role;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.client.AdminClient;
import io.holdfast.cli.client.Applying;
import io.holdfast.cli.client.SpecFiles;
import io.holdfast.cli.client.SpecText;
import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast dev}: every role in one process, for one's own specifications. */
@Command(
    name = "dev",
    description = "Runs every role in one process on this host.",
    mixinStandardHelpOptions = true)
public final class DevCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Specifications to apply at the start; may be given more than once.")
  private List<String> files = List.of();

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ControlPlaneListeners listeners = new ControlPlaneListeners();
  @Mixin private final GatewayListener gateway = new GatewayListener();

  public DevCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotStart, InterruptedException {
    Termination termination = Termination.ofProcess();
    SpecText specs = SpecFiles.read(terminal, files);
    House house = House.start(settings());
    try {
      apply(house, specs);
      house.readyLine("dev").print(terminal);
      termination.await();
    } finally {
      house.stop();
    }
    return 0;
  }

  private House.Settings settings() throws CannotStart {
    return new House.Settings(
        listeners.http(),
        listeners.grpc(),
        listeners.cluster(),
        gateway.listen(),
        LocalNode.id(),
        common.data("dev"));
  }

  /** Through the API like any client's, so that a bad specification is told in the same words. */
  private void apply(House house, SpecText specs) {
    if (specs.parts().isEmpty()) {
      return;
    }
    try (AdminClient client = AdminClient.of(house.http())) {
      for (JsonNode item : Applying.apply(client, specs)) {
        terminal.err().println(Applying.line(item));
      }
    }
  }
}
