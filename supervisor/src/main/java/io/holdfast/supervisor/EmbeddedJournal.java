package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.journal.JournalGate;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal of a supervisor that needs no database beside it: H2 in the data directory. */
record EmbeddedJournal(Path path) implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJournal.class);
  private static final String AT = "akka-persistence-jdbc.shared-databases.slick.";
  static final String USER = "sa";
  private static final String SNAPSHOT =
      "set session characteristics as transaction isolation level snapshot";
  private static final int THREADS = 20;

  /**
   * The options without which H2 loses acknowledged commits. WRITE_DELAY=0: a commit is written
   * before it is acknowledged. REUSE_SPACE=FALSE: the newest state always stands at the end of the
   * file; once H2 begins to fill gaps, 45 seconds after a file was made, it can open an older state
   * after a process ended without closing the file, and everything since is gone (seen with
   * 2.5.252). MAX_COMPACT_TIME=0: nothing is moved within the file. The price is a file that only
   * grows while it is open; {@link EmbeddedSessions} pays it back.
   */
  private static final String DURABLE =
      ";WRITE_DELAY=0;REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0"
          + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;DATABASE_TO_UPPER=false";

  static EmbeddedJournal in(Path directory) {
    return new EmbeddedJournal(directory.resolve("journal").toAbsolutePath());
  }

  Path file() {
    return Path.of(path + ".mv.db");
  }

  String url() {
    return "jdbc:h2:file:" + path + DURABLE;
  }

  @Override
  public Map<String, Object> config() {
    return Map.of(
        AT + "profile",
        "slick.jdbc.H2Profile$",
        AT + "db.connectionPool",
        "disabled",
        AT + "db.keepAliveConnection",
        false,
        // As many threads as connections: those who wait for one leave threads to those who have.
        AT + "db.numThreads",
        THREADS,
        AT + "db.maxConnections",
        THREADS,
        AT + "db.dataSourceClass",
        EmbeddedSource.class.getName(),
        AT + "db.properties",
        Map.of("path", path.toString()),
        // It is never away: what takes long is on its way, and would take longer if done twice.
        "jdbc-journal.circuit-breaker.call-timeout",
        "60s",
        "jdbc-snapshot-store.circuit-breaker.call-timeout",
        "60s");
  }

  @Override
  public JournalGate gate() {
    return JournalGate.OPEN;
  }

  /** Nobody else has it, so it need not be the same again. */
  @Override
  public String id() {
    return UUID.randomUUID().toString();
  }

  @Override
  public String kind() {
    return "h2";
  }

  /** The lock on the data directory is held until the process ends. */
  @Override
  public Optional<String> deposed() {
    return Optional.empty();
  }

  @Override
  public void open() throws CannotStart {
    compact();
    try (Connection connection = EmbeddedSessions.of(this).lend()) {
      EmbeddedTables.prepare(connection);
    } catch (SQLException e) {
      throw new CannotStart("the journal cannot be opened: " + Waiting.rootMessage(e), e);
    }
  }

  private void compact() throws CannotStart {
    try {
      EmbeddedRestore.discardUnfinished(path);
      EmbeddedSessions.of(this).compactIfLarge();
    } catch (IOException | RuntimeException e) {
      throw new CannotStart("the journal cannot be compacted: " + Waiting.rootMessage(e), e);
    }
  }

  @Override
  public Connection moment() throws SQLException {
    Connection connection = EmbeddedSessions.of(this).lend();
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(SNAPSHOT);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      EmbeddedSessions.of(this).close();
    } catch (SQLException e) {
      LOG.warn("the journal was not closed in order: {}", Waiting.rootMessage(e));
    }
  }
}
