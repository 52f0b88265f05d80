package io.holdfast.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL at its place, which can be stopped and started with all it holds. */
final class Database {

  private final Place place;
  private final Path data;
  private final int port = Ports.free();
  private EmbeddedPostgres server;

  private Database(Place place, Path data) throws Exception {
    this.place = place;
    this.data = data;
    this.server = place.inside(this::started);
  }

  static Database open(Place place, Path data) throws Exception {
    Database database = new Database(place, data);
    database.place.inside(
        () -> {
          database.letOthersIn();
          return database;
        });
    return database;
  }

  private EmbeddedPostgres started() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("listen_addresses", "*")
        .start();
  }

  private void letOthersIn() throws IOException, SQLException {
    Files.writeString(
        data.resolve("pg_hba.conf"), "host all all samenet trust\n", StandardOpenOption.APPEND);
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_reload_conf()");
    }
  }

  String url() {
    return "jdbc:postgresql://" + place.address() + ":" + port + "/postgres?user=postgres";
  }

  void stop() throws Exception {
    place.inside(
        () -> {
          server.close();
          return server;
        });
  }

  void start() throws Exception {
    server = place.inside(this::started);
  }
}
