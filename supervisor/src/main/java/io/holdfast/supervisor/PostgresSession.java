package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * One connection to PostgreSQL that holds, or tries to hold, the lock on the journal. The server
 * lets go of the lock when the connection ends, however it ends.
 */
final class PostgresSession implements AutoCloseable {

  private static final int ANSWER_SECONDS = 3;

  private static final String KEYS = "(hashtext('holdfast journal'), hashtext(current_schema()))";
  private static final String END_GHOSTS =
      """
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ? and usename = current_user and pid <> pg_backend_pid()
      """;
  private static final String TAKES_WRITES =
      "select current_setting('transaction_read_only')='off'";

  /**
   * Who has a claim.
   *
   * @param name of this process, for the server
   * @param owner on record; the same for all nodes of a cluster
   */
  record Tenant(String name, String owner, boolean shared) {

    private static final String CLUSTER = "a cluster";

    static Tenant create(boolean shared) {
      String id = UUID.randomUUID().toString();
      return new Tenant("holdfast " + id, shared ? CLUSTER : id, shared);
    }
  }

  private final Connection connection;
  private final Tenant tenant;

  private PostgresSession(Connection connection, Tenant tenant) {
    this.connection = connection;
    this.tenant = tenant;
  }

  static PostgresSession open(PostgresSource source, Tenant tenant) throws SQLException {
    return new PostgresSession(source.connect(tenant.name(), ANSWER_SECONDS), tenant);
  }

  /** Nodes of a cluster share it; a supervisor that is alone shares it with nobody. */
  boolean lock() throws SQLException {
    return isTrue(
        tenant.shared()
            ? "select pg_try_advisory_lock_shared" + KEYS
            : "select pg_try_advisory_lock" + KEYS);
  }

  /** Fails when the server is not there, and with it the lock is gone. */
  boolean takesWrites() throws SQLException {
    return isTrue(TAKES_WRITES);
  }

  /**
   * Ends what is left on the server of earlier connections of this process, which the server may
   * not have noticed the end of.
   */
  void endGhosts() throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END_GHOSTS)) {
      end.setString(1, tenant.name());
      end.executeQuery().close();
    }
  }

  void prepareTables(String place) throws CannotStart, SQLException {
    PostgresTables.prepare(connection, place, tenant.owner());
  }

  Optional<String> owner() throws SQLException {
    return PostgresTables.owner(connection);
  }

  private boolean isTrue(String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  /** Without a word to a server that may not be there. */
  @Override
  public void close() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("a connection cannot be dropped", e);
    }
  }
}
