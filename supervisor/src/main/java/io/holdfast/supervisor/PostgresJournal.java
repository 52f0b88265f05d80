package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.journal.JournalGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The journal in a PostgreSQL database, which one supervisor, or one cluster of them, has for
 * itself.
 */
final class PostgresJournal implements Store {

  private static final int ANSWER_SECONDS = 5;
  private static final int BACKUP_SECONDS = 30;
  private static final String AT = "akka-persistence-jdbc.shared-databases.slick.";

  private final PostgresSource source;
  private final Seeds seeds;
  private Optional<PostgresClaim> claim = Optional.empty();

  PostgresJournal(PostgresSource source, Seeds seeds) {
    this.source = source;
    this.seeds = seeds;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>();
    config.put(AT + "profile", "slick.jdbc.PostgresProfile$");
    config.put(AT + "db.driver", "org.postgresql.Driver");
    config.put(AT + "db.url", source.settings().url());
    config.put(AT + "db.properties", source.properties("holdfast", ANSWER_SECONDS));
    source.settings().user().ifPresent(user -> config.put(AT + "db.user", user));
    source.settings().password().ifPresent(password -> config.put(AT + "db.password", password));
    return config;
  }

  @Override
  public void open() throws CannotStart {
    claim = Optional.of(PostgresClaim.take(source, seeds));
  }

  @Override
  public JournalGate gate() {
    return claim.orElseThrow();
  }

  @Override
  public String id() {
    return claim.orElseThrow().journal();
  }

  @Override
  public String kind() {
    return "postgres";
  }

  @Override
  public Optional<String> deposed() {
    return claim.flatMap(PostgresClaim::lost);
  }

  @Override
  public Connection moment() throws SQLException {
    Connection connection = source.connect("holdfast backup", BACKUP_SECONDS);
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    claim.ifPresent(PostgresClaim::close);
  }
}
