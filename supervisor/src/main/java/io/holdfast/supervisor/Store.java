package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.journal.JournalGate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Where the journal is kept. */
sealed interface Store extends AutoCloseable permits EmbeddedJournal, PostgresJournal {

  static Store of(SupervisorSettings settings) {
    return switch (settings.journal()) {
      case JournalSettings.Embedded() -> EmbeddedJournal.in(settings.data());
      case JournalSettings.Postgres postgres ->
          new PostgresJournal(new PostgresSource(postgres), settings.seeds());
    };
  }

  /** Opens it, with its tables in place. */
  void open() throws CannotStart;

  /** By which it is told from any other, once it is open. */
  String id();

  /** What the actor system has to know of it, by the path of each setting. */
  Map<String, Object> config();

  JournalGate gate();

  /** A connection of its own, whose transaction shows one moment. */
  Connection moment() throws SQLException;

  /** The word by which it is asked for. */
  String kind();

  /** Why this process must end: another supervisor has the journal. */
  Optional<String> deposed();

  /** Closes it in order; what was acknowledged is durable even where this fails. */
  @Override
  void close();
}
