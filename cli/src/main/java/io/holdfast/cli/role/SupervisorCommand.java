package io.holdfast.cli.role;

import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.JournalSettings;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast supervisor}: one control-plane node. */
@Command(
    name = "supervisor",
    description = "Runs a control-plane node.",
    mixinStandardHelpOptions = true)
public final class SupervisorCommand implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Terminal terminal;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ControlPlaneListeners listeners = new ControlPlaneListeners();

  @Mixin private final JournalOptions journal = new JournalOptions();

  public SupervisorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotStart, InterruptedException {
    JournalSettings settings = journal.settings(System.getenv());
    Termination termination = Termination.ofProcess();
    try (Supervisor supervisor =
        Supervisor.start(
            new SupervisorSettings(
                listeners.http(),
                listeners.grpc(),
                listeners.cluster(),
                common.data("supervisor").supervisor(),
                settings))) {
      ReadyLine.of("supervisor")
          .http(supervisor.httpAddress())
          .grpc(supervisor.grpcAddress())
          .print(terminal);
      awaitEnd(supervisor, termination);
    }
    return 0;
  }

  private static void awaitEnd(Supervisor supervisor, Termination termination)
      throws CannotStart, InterruptedException {
    while (!termination.await(BETWEEN_LOOKS)) {
      Optional<String> deposed = supervisor.deposed();
      if (deposed.isPresent()) {
        throw new CannotStart(deposed.get());
      }
    }
  }
}
