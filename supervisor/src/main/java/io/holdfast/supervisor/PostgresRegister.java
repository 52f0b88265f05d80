package io.holdfast.supervisor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * The one row in which a journal in PostgreSQL tells of itself: which it is, and who has used it
 * last.
 *
 * <p>Releases before these columns were there write {@code owner} only, the same for every cluster.
 * So seeds that are not on record are no reason to refuse anyone, and the owner stays as it was.
 */
record PostgresRegister(Connection connection) {

  /**
   * Who has used it last.
   *
   * @param seeds of a cluster; none for a supervisor that is alone, and none by an earlier release
   */
  record Entry(String owner, Optional<String> seeds) {}

  private static final String HAS_COLUMNS =
      """
      select true from pg_attribute
      where attrelid = 'holdfast_journal'::regclass and attname = 'seeds' and not attisdropped
      """;
  private static final String ADD_COLUMNS =
      "alter table holdfast_journal add column journal varchar(64), add column seeds text";

  /** Adds what an earlier release has not made, which needs the owner of the table. */
  void complete() throws SQLException {
    if (text(HAS_COLUMNS).isEmpty()) {
      execute(ADD_COLUMNS);
    }
  }

  int version() throws SQLException {
    return text("select version from holdfast_journal").map(Integer::parseInt).orElse(0);
  }

  Entry last() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select owner, seeds from holdfast_journal")) {
      return row.next()
          ? new Entry(row.getString(1), Optional.ofNullable(row.getString(2)))
          : new Entry("", Optional.empty());
    }
  }

  void record(Entry entry) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update holdfast_journal set owner = ?, seeds = ?")) {
      update.setString(1, entry.owner());
      update.setString(2, entry.seeds().orElse(null));
      update.executeUpdate();
    }
  }

  /** By which it is told from any other; made where there is none. */
  String journal() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update holdfast_journal set journal = ? where journal is null")) {
      update.setString(1, UUID.randomUUID().toString());
      update.executeUpdate();
    }
    return text("select journal from holdfast_journal").orElseThrow();
  }

  /** What is in it now is another journal than before. */
  void renew() throws SQLException {
    execute("update holdfast_journal set journal = null");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Optional<String> text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }
}
