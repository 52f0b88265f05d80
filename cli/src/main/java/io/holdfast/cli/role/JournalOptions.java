package io.holdfast.cli.role;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.JournalSettings;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a supervisor keeps its journal. */
final class JournalOptions {

  /** The names are the words of the command line. */
  enum Kind {
    h2,
    postgres
  }

  @Option(
      names = "--journal",
      paramLabel = "KIND",
      defaultValue = "h2",
      description = "h2: in the data directory; postgres: in a database. Default: h2")
  private Kind kind = Kind.h2;

  @Option(
      names = "--journal-url",
      paramLabel = "JDBC_URL",
      description =
          "With postgres: jdbc:postgresql://HOST:PORT/DATABASE. Who connects stands in PGUSER, with"
              + " what in PGPASSWORD or a password file (PGPASSFILE, ~/.pgpass).")
  private Optional<String> url = Optional.empty();

  JournalSettings settings(Map<String, String> environment) throws CannotStart {
    return switch (kind) {
      case h2 -> {
        if (url.isPresent()) {
          throw new CannotStart("--journal-url goes with --journal postgres");
        }
        yield new JournalSettings.Embedded();
      }
      case postgres ->
          JournalSettings.Postgres.of(
              url.orElseThrow(
                  () ->
                      new CannotStart(
                          "--journal postgres needs --journal-url"
                              + " jdbc:postgresql://HOST:PORT/DATABASE")),
              environment);
    };
  }
}
