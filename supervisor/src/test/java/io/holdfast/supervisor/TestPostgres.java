package io.holdfast.supervisor;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL, one for all tests of this JVM, with a database of its own for each. */
public final class TestPostgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static String reason = "";

  private static final Optional<EmbeddedPostgres> SERVER = started();

  private final String name;

  private TestPostgres(String name) {
    this.name = name;
  }

  private static Optional<EmbeddedPostgres> started() {
    try {
      return Optional.of(EmbeddedPostgres.builder().start());
    } catch (IOException | RuntimeException e) {
      reason = "PostgreSQL cannot be started here: " + e.getMessage();
      System.err.println(reason);
      return Optional.empty();
    }
  }

  private static EmbeddedPostgres server() {
    Assumptions.assumeTrue(SERVER.isPresent(), reason);
    return SERVER.orElseThrow();
  }

  /** An empty database; skips the test where there is no server. */
  public static TestPostgres database() throws SQLException {
    String name = "journal" + DATABASES.incrementAndGet();
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return new TestPostgres(name);
  }

  static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server().getPort());
  }

  public JournalSettings.Postgres settings() {
    return settings(address());
  }

  /** By way of something that stands in front of the server. */
  JournalSettings.Postgres settings(InetSocketAddress way) {
    return new JournalSettings.Postgres(
        "jdbc:postgresql://127.0.0.1:" + way.getPort() + "/" + name,
        Optional.of("postgres"),
        Optional.empty());
  }

  Connection connection() throws SQLException {
    return server().getDatabase("postgres", name).getConnection();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String query) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
