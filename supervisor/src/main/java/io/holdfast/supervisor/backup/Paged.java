package io.holdfast.supervisor.backup;

import io.holdfast.protocol.backup.BackupRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/** The rows of one table, page by page: a query that gives those behind a key, and how many. */
final class Paged implements AutoCloseable {

  private static final int PAGE = 500;

  /** So many of a page are in memory at once, however long they are. */
  private static final int FETCHED = 20;

  interface RowReader {
    BackupRow read(ResultSet row) throws SQLException;
  }

  private final PreparedStatement query;
  private final RowReader reader;
  private final Function<BackupRow, Object> key;
  private Object after;
  private Optional<ResultSet> page = Optional.empty();
  private int read;

  Paged(
      Connection connection,
      String query,
      Object first,
      RowReader reader,
      Function<BackupRow, Object> key)
      throws SQLException {
    this.query = connection.prepareStatement(query);
    this.query.setFetchSize(FETCHED);
    this.query.setInt(2, PAGE);
    this.reader = reader;
    this.key = key;
    this.after = first;
  }

  Optional<BackupRow> next() throws SQLException {
    while (true) {
      ResultSet rows = page.isPresent() ? page.get() : open();
      if (rows.next()) {
        read++;
        BackupRow row = reader.read(rows);
        after = key.apply(row);
        return Optional.of(row);
      }
      if (read < PAGE) {
        return Optional.empty();
      }
      rows.close();
      page = Optional.empty();
    }
  }

  private ResultSet open() throws SQLException {
    query.setObject(1, after);
    ResultSet rows = query.executeQuery();
    page = Optional.of(rows);
    read = 0;
    return rows;
  }

  @Override
  public void close() throws SQLException {
    query.close();
  }
}
