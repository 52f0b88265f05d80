package io.holdfast.supervisor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** How a PostgreSQL database is connected to. What the URL says goes before what is said here. */
record PostgresSource(JournalSettings.Postgres settings) {

  private static final String URL_PREFIX = "jdbc:postgresql://";

  /**
   * Nothing waits for ever for a database that is frozen or cut off. It, in turn, finds out within
   * half a minute that a supervisor's host is gone, and lets go of its lock.
   */
  private static final Map<String, String> BOUNDED =
      Map.of(
          "connectTimeout", "3",
          "loginTimeout", "5",
          "tcpKeepAlive", "true",
          "targetServerType", "primary",
          "options",
              "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3");

  /** Host, port and database, as people are told. */
  String place() {
    return settings.url().substring(URL_PREFIX.length()).replaceAll("[?].*", "");
  }

  /** Of a connection of this name on which an answer is waited for this long. */
  Map<String, Object> properties(String name, int seconds) {
    Map<String, Object> properties = new HashMap<>(BOUNDED);
    properties.put("ApplicationName", name);
    properties.put("socketTimeout", Integer.toString(seconds));
    return properties;
  }

  Connection connect(String name, int seconds) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(properties(name, seconds));
    settings.user().ifPresent(user -> properties.setProperty("user", user));
    settings.password().ifPresent(password -> properties.setProperty("password", password));
    return DriverManager.getConnection(settings.url(), properties);
  }
}
