package io.holdfast.cli.role;

import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.SupervisorSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast supervisor}: one control-plane node. */
@Command(
    name = "supervisor",
    description = "Runs a control-plane node.",
    mixinStandardHelpOptions = true)
public final class SupervisorCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ControlPlaneListeners listeners = new ControlPlaneListeners();
  @Mixin private final SeedsOption seeds = new SeedsOption();
  @Mixin private final JournalOptions journal = new JournalOptions();
  @Mixin private final AccessOptions access = new AccessOptions();

  public SupervisorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotStart, InterruptedException {
    Termination termination = Termination.ofProcess();
    SupervisorSettings settings =
        new SupervisorSettings(
            listeners.http(),
            listeners.grpc(),
            listeners.cluster(),
            seeds.seeds(),
            common.data("supervisor").supervisor(),
            journal.settings(System.getenv()),
            access.access());
    new SupervisorLife(settings, termination, terminal).hold();
    return 0;
  }
}
