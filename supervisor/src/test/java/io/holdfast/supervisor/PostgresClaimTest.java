package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose a database is: one supervisor's, or those of one cluster. */
final class PostgresClaimTest {

  private TestPostgres database;

  @BeforeEach
  void anEmptyDatabase() throws SQLException {
    database = TestPostgres.database();
  }

  @Test
  void ofTwoThatStartAtOnceOnAnEmptyDatabaseOneStarts() throws Exception {
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PostgresClaim>> claims =
          List.of(both.submit(() -> claim(Seeds.NONE)), both.submit(() -> claim(Seeds.NONE)));
      int taken = 0;
      for (Future<PostgresClaim> claim : claims) {
        try {
          claim.get().close();
          taken++;
        } catch (ExecutionException e) {
          assertThat(e).hasRootCauseInstanceOf(CannotStart.class);
        }
      }
      // Whoever was first closes before the other's patience ends, if it is asked first.
      assertThat(taken).isPositive();
    }
    assertThat(database.number("select version from holdfast_journal")).isEqualTo(1);
  }

  @Test
  void nodesOfOneClusterThatStartAtOnceHaveOneJournalWhichNoOtherIs() throws Exception {
    String journal = ofOneCluster();
    assertThat(ofOneCluster()).as("the next time").isEqualTo(journal);
    try (PostgresClaim other =
        PostgresClaim.take(new PostgresSource(TestPostgres.database().settings()), seeds(0))) {
      assertThat(other.journal()).isNotEqualTo(journal);
    }
  }

  /** Takes it three times at once; which journal all of them have. */
  private String ofOneCluster() throws Exception {
    try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PostgresClaim>> claims =
          List.of(
              starts.submit(() -> claim(seeds(0))),
              starts.submit(() -> claim(seeds(0))),
              starts.submit(() -> claim(seeds(0))));
      try (PostgresClaim first = claims.get(0).get();
          PostgresClaim second = claims.get(1).get();
          PostgresClaim third = claims.get(2).get()) {
        assertThat(List.of(second.journal(), third.journal())).containsOnly(first.journal());
        return first.journal();
      }
    }
  }

  @Test
  void aDatabaseIsUsedByOneClusterAtATime() throws Exception {
    try (PostgresClaim first = claim(seeds(0))) {
      assertThatThrownBy(() -> claim(seeds(1)))
          .isInstanceOf(CannotStart.class)
          .hasMessageEndingWith(
              " is in use by supervisors that were started with other seeds: "
                  + "127.0.0.1:7500,127.0.0.1:7501,127.0.0.1:7502");
      assertThatThrownBy(this::claim)
          .isInstanceOf(CannotStart.class)
          .hasMessageEndingWith(" is in use by another supervisor");
      claim(seeds(0)).close();
      assertThat(first.closed()).isEmpty();
    }
    try (PostgresClaim _ = claim(seeds(1))) {
      claim(seeds(1)).close();
    }
  }

  @Test
  void aClusterThatLostItsDatabaseToAnotherIsDeposed() throws Exception {
    try (Wire wire = Wire.to(TestPostgres.address());
        PostgresClaim first =
            PostgresClaim.take(new PostgresSource(database.settings(wire.address())), seeds(0))) {
      wire.cut();
      Patience.await(() -> first.closed().isPresent());
      claim(seeds(1)).close();
      wire.mend();
      Patience.await(() -> first.lost().isPresent());
      assertThat(first.lost().orElseThrow()).contains("another supervisor has taken over");
    }
  }

  @Test
  void duringARollingUpgradeBothReleasesHaveTheJournalAndNeitherIsDeposed() throws Exception {
    claim(seeds(0)).close();
    // As the release before has left it, and holds it.
    database.execute("alter table holdfast_journal drop column journal, drop column seeds");
    try (Connection before = database.connection();
        Statement lock = before.createStatement()) {
      lock.execute(
          "select pg_advisory_lock_shared(hashtext('holdfast journal'),"
              + " hashtext(current_schema()))");
      String journal = ofOneCluster();
      assertThat(ofOneCluster()).isEqualTo(journal);
      assertThat(database.number("select count(*) from holdfast_journal where owner='a cluster'"))
          .as("by which the release before knows its own")
          .isEqualTo(1);
    }
  }

  @Test
  void doesNotTouchTablesOfSomebodyElse() throws Exception {
    database.execute("create table snapshot (picture bytea)");
    assertThatThrownBy(this::claim)
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("holds a table snapshot that is not Holdfast's");
    assertThat(database.number("select count(*) from pg_tables where schemaname = 'public'"))
        .isEqualTo(1);
  }

  @Test
  void doesNotTouchTheTablesOfANewerRelease() throws Exception {
    claim().close();
    database.execute("update holdfast_journal set version = 2, owner = 'newer'");
    assertThatThrownBy(this::claim)
        .isInstanceOf(CannotStart.class)
        .hasMessageEndingWith(
            "has the schema 2, and this Holdfast knows only 1: a newer one has made it");
    assertThat(database.number("select count(*) from holdfast_journal where owner = 'newer'"))
        .isEqualTo(1);
  }

  private PostgresClaim claim() throws CannotStart {
    return claim(Seeds.NONE);
  }

  private PostgresClaim claim(Seeds seeds) throws CannotStart {
    return PostgresClaim.take(new PostgresSource(database.settings()), seeds);
  }

  /** Three from a number on. */
  private static Seeds seeds(int first) {
    return new Seeds(
        IntStream.range(first, first + 3)
            .mapToObj(
                number -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_500 + number))
            .toList());
  }
}
