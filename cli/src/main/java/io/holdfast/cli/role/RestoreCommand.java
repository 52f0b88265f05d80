package io.holdfast.cli.role;

import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.JournalRestore;
import io.holdfast.supervisor.JournalRestore.Restored;
import io.holdfast.supervisor.JournalSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast restore}. */
@Command(
    name = "restore",
    description = {
      "Makes a journal from what holdfast backup has saved, while no supervisor runs.",
      "It takes the options by which the supervisor will find it."
    },
    mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(index = "0", arity = "1", paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final JournalOptions journal = new JournalOptions();

  public RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotStart {
    JournalSettings settings = journal.settings(System.getenv());
    Restored restored =
        JournalRestore.restore(file, settings, DataDirectory.supervisorOf(common.path()));
    terminal.out().println(told(restored));
    return 0;
  }

  private static String told(Restored restored) {
    return "restored %d events and %d snapshots: the state of %s. What was changed after that is gone."
        .formatted(restored.count().events(), restored.count().snapshots(), restored.head().at());
  }
}
