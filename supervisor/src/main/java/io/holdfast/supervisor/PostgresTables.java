package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The journal's tables in PostgreSQL. Nodes of a cluster that start together make them one after
 * the other.
 */
final class PostgresTables {

  private static final int VERSION = 1;
  private static final String SCRIPT = "/journal-postgres.sql";

  private static final String ONE_BY_ONE =
      "select pg_advisory_xact_lock(hashtext('holdfast tables'), hashtext(current_schema()))";
  private static final String FOREIGN =
      """
      select tablename from pg_tables where schemaname = current_schema()
      and tablename in ('event_journal', 'event_tag', 'snapshot') order by tablename limit 1
      """;
  private static final String IS_THERE =
      """
      select true from pg_tables
      where schemaname = current_schema() and tablename = 'holdfast_journal'
      """;

  private static final String ANY =
      """
      select true where exists (select from event_journal) or exists (select from snapshot)
      """;

  private PostgresTables() {}

  /** Whether anything is in them; not where there are none. */
  static boolean hold(Connection connection) throws SQLException {
    return text(connection, IS_THERE).isPresent() && text(connection, ANY).isPresent();
  }

  /**
   * Makes them where they are missing. Until the end of the transaction no other supervisor passes
   * here.
   */
  static void prepare(Connection connection, String place) throws CannotStart, SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ONE_BY_ONE);
    }
    if (text(connection, IS_THERE).isEmpty()) {
      create(connection, place);
    }
    PostgresRegister register = new PostgresRegister(connection);
    requireVersion(register.version(), place);
    register.complete();
  }

  private static void create(Connection connection, String place) throws CannotStart, SQLException {
    Optional<String> foreign = text(connection, FOREIGN);
    if (foreign.isPresent()) {
      throw new CannotStart(
          "the database "
              + place
              + " holds a table "
              + foreign.get()
              + " that is not Holdfast's; give the journal a database of its own");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(script());
    }
  }

  private static void requireVersion(int found, String place) throws CannotStart {
    if (found != VERSION) {
      throw new CannotStart(
          "the journal in "
              + place
              + " has the schema "
              + found
              + ", and this Holdfast knows only "
              + VERSION
              + (found > VERSION ? ": a newer one has made it" : ""));
    }
  }

  private static Optional<String> text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  private static String script() {
    try (InputStream script = PostgresTables.class.getResourceAsStream(SCRIPT)) {
      if (script == null) {
        throw new IllegalStateException(SCRIPT + " is missing from this build");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(SCRIPT + " cannot be read", e);
    }
  }
}
