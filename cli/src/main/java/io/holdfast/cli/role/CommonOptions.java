package io.holdfast.cli.role;

import io.holdfast.core.CannotStart;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every role takes. */
final class CommonOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".holdfast",
      description = "Where it keeps its state. Default: ./.holdfast")
  private Path data = Path.of(".holdfast");

  /** Read before anything else is, by the options' sources; here so that usage shows it. */
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML map from option names to values; HOLDFAST_<OPTION> goes before it.")
  private Optional<Path> config = Optional.empty();

  /** The data directory, with this process's log in it. */
  DataDirectory data(String role) throws CannotStart {
    DataDirectory directory = DataDirectory.at(data);
    RoleLog.toFile(directory.log(role));
    return directory;
  }

  /** The data directory, as it was given. */
  Path path() {
    return data;
  }

  Optional<Path> config() {
    return config;
  }
}
