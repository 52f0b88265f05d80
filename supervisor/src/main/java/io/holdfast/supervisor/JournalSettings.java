package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a supervisor keeps its journal. */
public sealed interface JournalSettings {

  /** In the data directory, without any database beside it. */
  record Embedded() implements JournalSettings {}

  /**
   * In a PostgreSQL database.
   *
   * @param url names the database and no password
   * @param user as which to connect, where the URL names none; as the driver finds when empty
   * @param password empty for one from a password file, or for none
   */
  record Postgres(String url, Optional<String> user, Optional<String> password)
      implements JournalSettings {

    private static final Pattern SHAPE = Pattern.compile("jdbc:postgresql://[^/?#]+/[^/?#]+.*");
    private static final Pattern NAMES_USER = Pattern.compile(".*[?&]user=.*");
    private static final Pattern HOLDS_PASSWORD = Pattern.compile(".*[?&]password=.*");

    /** Checks the URL; who connects, with what, is in the environment, as with psql. */
    public static Postgres of(String url, Map<String, String> environment) throws CannotStart {
      if (!SHAPE.matcher(url).matches() || !isUnderstood(url)) {
        throw new CannotStart(
            "--journal-url: expected jdbc:postgresql://HOST:PORT/DATABASE, got '"
                + url.replaceAll("[?].*", "?...")
                + "'");
      }
      if (HOLDS_PASSWORD.matcher(url).matches()) {
        throw new CannotStart(
            "--journal-url must not hold the password, which others could read there: give it by"
                + " PGPASSWORD or a password file (PGPASSFILE, ~/.pgpass)");
      }
      return new Postgres(
          url,
          NAMES_USER.matcher(url).matches() ? Optional.empty() : given(environment, "PGUSER"),
          given(environment, "PGPASSWORD"));
    }

    /** By the driver; it throws when no driver takes the URL. */
    private static boolean isUnderstood(String url) {
      try {
        return DriverManager.getDriver(url).acceptsURL(url);
      } catch (SQLException e) {
        return false;
      }
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
      return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Nothing secret. */
    @Override
    public String toString() {
      return url;
    }
  }
}
