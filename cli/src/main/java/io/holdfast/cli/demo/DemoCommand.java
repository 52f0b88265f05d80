package io.holdfast.cli.demo;

import io.holdfast.cli.console.DurationText;
import io.holdfast.cli.console.Terminal;
import io.holdfast.cli.role.ControlPlaneListeners;
import io.holdfast.cli.role.DataDirectory;
import io.holdfast.cli.role.GatewayListener;
import io.holdfast.cli.role.House;
import io.holdfast.cli.role.LocalNode;
import io.holdfast.cli.role.RoleLog;
import io.holdfast.cli.role.Termination;
import io.holdfast.core.CannotStart;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything in one process, with faults. Nothing of it is left behind. */
@Command(
    name = "demo",
    description = "Shows services being killed and repaired under load, in one process.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--no-faults", description = "Only runs the services and the load.")
  private boolean withoutFaults;

  @Option(names = "--headless", description = "Plain lines instead of a live screen.")
  private boolean headless;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Ends by itself, with a table of the faults.")
  private Optional<Duration> lasting = Optional.empty();

  @Mixin private final ControlPlaneListeners listeners = new ControlPlaneListeners();
  @Mixin private final GatewayListener gateway = new GatewayListener();

  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotStart, InterruptedException {
    Termination termination = Termination.ofProcess();
    DemoDirectory.removeAbandoned();
    try (DemoDirectory directory = DemoDirectory.make()) {
      RoleLog.toFile(directory.path().resolve("demo.log"));
      House house = House.start(settings(directory));
      try {
        return new Demo(terminal, house, termination, !withoutFaults, screen(), lasting).run();
      } finally {
        house.stop();
      }
    }
  }

  private Screen screen() {
    return headless || !LiveScreen.isPossible()
        ? new PlainScreen(terminal.out())
        : new LiveScreen(terminal.out());
  }

  private House.Settings settings(DemoDirectory directory) throws CannotStart {
    return new House.Settings(
        FreePort.unlessFree(listeners.http(), 7400),
        FreePort.unlessFree(listeners.grpc(), 7401),
        FreePort.unlessFree(listeners.cluster(), 7402),
        FreePort.unlessFree(gateway.listen(), 8080),
        LocalNode.id(),
        DataDirectory.at(directory.path()));
  }
}
