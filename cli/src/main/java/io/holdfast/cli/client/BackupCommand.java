package io.holdfast.cli.client;

import io.holdfast.cli.console.CommandFailed;
import io.holdfast.cli.console.Terminal;
import io.holdfast.protocol.backup.BackupCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast backup}. */
@Command(
    name = "backup",
    description = "Saves what the supervisors have on record, for holdfast restore.",
    mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "1",
      paramLabel = "FILE",
      description = "Where to. It holds whatever specifications hold: keep it secret.")
  private Path file = Path.of("");

  @Option(names = "--force", description = "Replaces the file if it is there.")
  private boolean force;

  @Mixin private final ServerOption server = new ServerOption();

  public BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    BackupFile target = BackupFile.at(file);
    if (!force && target.exists()) {
      throw new CommandFailed("there is a file " + file + " already; --force replaces it");
    }
    try (AdminClient client = server.client();
        InputStream lines = client.stream("/v1/backup")) {
      BackupCount count = target.fill(lines);
      terminal
          .out()
          .println(
              file
                  + " holds "
                  + count.events()
                  + " events and "
                  + count.snapshots()
                  + " snapshots");
    }
    return 0;
  }
}
