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
  private static final String TRY_SHARED = "select pg_try_advisory_lock_shared" + KEYS;
  private static final String TRY_ALONE = "select pg_try_advisory_lock" + KEYS;
  private static final String UNLOCK_ALONE = "select pg_advisory_unlock" + KEYS;
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
   * @param owner on record; the same for all clusters, as earlier releases have it
   * @param seeds by which clusters are told apart; none for a supervisor that is alone
   */
  record Tenant(String name, String owner, Optional<String> seeds) {

    private static final String CLUSTER = "a cluster";

    static Tenant of(Seeds seeds) {
      String id = UUID.randomUUID().toString();
      return seeds.isCluster()
          ? new Tenant("holdfast " + id, CLUSTER, Optional.of(seeds.sorted()))
          : new Tenant("holdfast " + id, id, Optional.empty());
    }

    boolean isCluster() {
      return seeds.isPresent();
    }

    /** Of this cluster, as far as is on record, whoever has the journal is; then it is shared. */
    private boolean shares(PostgresRegister.Entry last) {
      return isCluster() && (last.seeds().isEmpty() || last.seeds().equals(seeds));
    }

    private PostgresRegister.Entry entry() {
      return new PostgresRegister.Entry(owner, seeds);
    }
  }

  /** What becomes of a try to take the journal. */
  sealed interface Outcome {

    /** It is taken; {@code journal} tells it from any other. */
    record Taken(String journal) implements Outcome {}

    /** Somebody else has it, and nothing has changed. */
    record InUse(String by) implements Outcome {}
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

  /** Makes the tables where they are missing and takes the journal: all of it or nothing. */
  Outcome enter(String place) throws CannotStart, SQLException {
    PostgresRegister register = new PostgresRegister(connection);
    connection.setAutoCommit(false);
    PostgresTables.prepare(connection, place);
    PostgresRegister.Entry last = register.last();
    boolean shared = tenant.shares(last);
    if (!isTrue(shared ? TRY_SHARED : TRY_ALONE)) {
      connection.rollback();
      connection.setAutoCommit(true);
      return new Outcome.InUse(other(last));
    }
    register.record(tenant.entry());
    String journal = register.journal();
    connection.commit();
    connection.setAutoCommit(true);
    if (tenant.isCluster() && !shared) {
      letOthersIn();
    }
    return new Outcome.Taken(journal);
  }

  private String other(PostgresRegister.Entry last) {
    return last.seeds()
        .filter(_ -> tenant.isCluster())
        .filter(seeds -> !tenant.seeds().equals(Optional.of(seeds)))
        .map(seeds -> "supervisors that were started with other seeds: " + seeds)
        .orElse("another supervisor");
  }

  /** Never without a lock meanwhile. */
  private void letOthersIn() throws SQLException {
    isTrue(TRY_SHARED);
    isTrue(UNLOCK_ALONE);
  }

  /** Nodes of a cluster share it; a supervisor that is alone shares it with nobody. */
  boolean lock() throws SQLException {
    return isTrue(tenant.isCluster() ? TRY_SHARED : TRY_ALONE);
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

  /** Whether nobody else has taken the journal since this tenant did. */
  boolean isOnRecord() throws SQLException {
    return new PostgresRegister(connection).last().equals(tenant.entry());
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
