package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an embedded journal that is written to without end. */
final class EmbeddedSessionsTest {

  private static final int ROW = 1 << 20;
  private static final long SMALL = 32L << 20;
  private static final int MOST_ROWS = 400;

  @TempDir Path directory;
  private EmbeddedJournal journal;
  private EmbeddedSessions sessions;

  @BeforeEach
  void open() throws Exception {
    journal = EmbeddedJournal.in(directory);
    sessions = EmbeddedSessions.of(journal);
    try (Connection connection = sessions.lend();
        Statement statement = connection.createStatement()) {
      statement.execute("create table notes (id int primary key, text varbinary)");
    }
  }

  @AfterEach
  void close() throws Exception {
    sessions.close();
  }

  @Test
  void isMadeSmallWhileItIsWrittenAndKeepsWhatIsStillWanted() throws Exception {
    int last = writeUntilItIsSmaller(0);
    last = writeUntilItIsSmaller(last);
    assertThat(notes()).isEqualTo(List.of(last));
  }

  @Test
  void failsNobodyWhoWritesMeanwhile() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> writers =
          List.of(1, 2, 3, 4).stream()
              .map(writer -> threads.submit(() -> count(1_000_000 * writer, enough)))
              .toList();
      writeUntilItIsSmaller(0);
      enough.set(true);
      int written = 0;
      for (Future<Integer> writer : writers) {
        written += writer.get();
      }
      assertThat(notes()).hasSize(written + 1);
    }
  }

  @Test
  void staysAsItIsWhileSomebodyReadsOneMomentOfIt() throws Exception {
    int last = writeUntilItIsSmaller(0);
    try (Connection moment = journal.moment();
        Statement statement = moment.createStatement()) {
      assertThat(ids(statement)).isEqualTo(List.of(last));
      for (int i = 1; i <= 100; i++) {
        replace(last + i);
      }
      assertThat(ids(statement)).isEqualTo(List.of(last));
    }
    assertThat(notes()).isEqualTo(List.of(last + 100));
  }

  /** The row that is there in the end. */
  private int writeUntilItIsSmaller(int last) throws Exception {
    long largest = 0;
    for (int id = last + 1; id < last + MOST_ROWS; id++) {
      replace(id);
      long now = Files.exists(journal.file()) ? Files.size(journal.file()) : 0;
      if (now < SMALL && largest > 2 * SMALL) {
        return id;
      }
      largest = Math.max(largest, now);
    }
    throw new AssertionError("the file has grown to " + largest);
  }

  private void replace(int id) throws SQLException {
    try (Connection connection = sessions.lend();
        PreparedStatement insert = connection.prepareStatement("insert into notes values (?, ?)");
        Statement delete = connection.createStatement()) {
      connection.setAutoCommit(false);
      insert.setInt(1, id);
      insert.setBytes(2, new byte[ROW]);
      insert.executeUpdate();
      delete.executeUpdate("delete from notes where id < " + id + " and id > " + (id - 2));
      connection.commit();
    }
  }

  private int count(int first, AtomicBoolean enough) throws SQLException {
    int written = 0;
    while (!enough.get()) {
      try (Connection connection = sessions.lend();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("insert into notes values (" + (first + written) + ", X'00')");
        written++;
      }
    }
    return written;
  }

  private List<Integer> notes() throws SQLException {
    try (Connection connection = sessions.lend();
        Statement statement = connection.createStatement()) {
      return ids(statement);
    }
  }

  private static List<Integer> ids(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select id from notes order by id")) {
      List<Integer> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
      return ids;
    }
  }
}
