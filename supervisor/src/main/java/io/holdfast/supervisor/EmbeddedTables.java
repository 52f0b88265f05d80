package io.holdfast.supervisor;

import akka.persistence.jdbc.testkit.javadsl.SchemaUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The journal's tables in H2, as the plugin that writes them wants them. */
final class EmbeddedTables {

  private static final String SCRIPT = "/schema/h2/h2-create-schema.sql";
  private static final String ARE_THERE =
      "select count(*) from INFORMATION_SCHEMA.TABLES where TABLE_NAME = 'event_journal'";
  private static final String ROWS =
      "select (select count(*) from event_journal) + (select count(*) from snapshot)";

  /** H2 writes down every 32nd number by itself, each time with a commit of its own. */
  private static final String FEWER_COMMITS =
      "alter table event_journal alter column ordering set cache 1024";

  private EmbeddedTables() {}

  /** Makes them where they are missing. */
  static void prepare(Connection connection) throws SQLException {
    if (number(connection, ARE_THERE) == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(script());
        statement.execute(FEWER_COMMITS);
      }
    }
  }

  static boolean hold(Connection connection) throws SQLException {
    return number(connection, ARE_THERE) > 0 && number(connection, ROWS) > 0;
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static String script() {
    try (InputStream script = SchemaUtils.class.getResourceAsStream(SCRIPT)) {
      if (script == null) {
        throw new IllegalStateException(SCRIPT + " is missing from this build");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(SCRIPT + " cannot be read", e);
    }
  }
}
