package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.journal.JournalGate;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of one supervisor, or of all nodes of a cluster, on a journal in PostgreSQL: a lock
 * that lives as long as its connection, looked after once a second by a thread of its own.
 *
 * <p>A claim whose connection is lost closes the gate, since another supervisor may take the lock
 * from then on. It opens again once the lock is back and nobody else has had it, which the owner on
 * record shows; otherwise what this process knows is stale, and it has to end. What is just being
 * written when the connection is lost is fenced by the journal's primary key.
 */
final class PostgresClaim implements JournalGate, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresClaim.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(4);

  /** A predecessor that has just been killed still has the lock for a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private sealed interface State {
    record Held(PostgresSession session) implements State {}

    record Away(Instant since, String why) implements State {}

    record Lost(String why) implements State {}
  }

  private final PostgresSource source;
  private final PostgresSession.Tenant tenant;

  /** Who waits for the next look; bounded by the requests that the admin API takes at once. */
  private final BlockingQueue<CompletableFuture<Optional<String>>> waiting =
      new LinkedBlockingQueue<>();

  private final String journal;
  private final Thread keeper;
  private volatile State state;
  private volatile boolean ending;

  private PostgresClaim(
      PostgresSource source,
      PostgresSession.Tenant tenant,
      PostgresSession session,
      String journal) {
    this.source = source;
    this.tenant = tenant;
    this.journal = journal;
    this.state = new State.Held(session);
    this.keeper = Thread.ofPlatform().daemon().name("journal-claim").unstarted(this::keep);
  }

  /**
   * Takes the lock and makes the tables, or says in a sentence why not.
   *
   * @param seeds of the cluster with whose nodes it is shared
   */
  static PostgresClaim take(PostgresSource source, Seeds seeds) throws CannotStart {
    PostgresSession.Tenant tenant = PostgresSession.Tenant.of(seeds);
    PostgresSession session = null;
    try {
      session = PostgresSession.open(source, tenant);
      String journal = awaitJournal(session, source);
      PostgresClaim claim = new PostgresClaim(source, tenant, session, journal);
      claim.keeper.start();
      return claim;
    } catch (CannotStart | SQLException e) {
      if (session != null) {
        session.close();
      }
      throw e instanceof CannotStart refusal ? refusal : unusable(source, e);
    }
  }

  private static CannotStart unusable(PostgresSource source, Exception e) {
    return new CannotStart(
        "the journal in " + source.place() + " cannot be used: " + Waiting.rootMessage(e), e);
  }

  private static String awaitJournal(PostgresSession session, PostgresSource source)
      throws CannotStart, SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      switch (session.enter(source.place())) {
        case PostgresSession.Outcome.Taken(var journal) -> {
          return journal;
        }
        case PostgresSession.Outcome.InUse(var by) -> {
          if (System.nanoTime() - deadline > 0) {
            throw new CannotStart("the journal in " + source.place() + " is in use by " + by);
          }
          pause();
        }
      }
    }
  }

  private static void pause() throws CannotStart {
    try {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("the start was interrupted", e);
    }
  }

  private void keep() {
    try {
      while (!ending) {
        List<CompletableFuture<Optional<String>>> asked = new ArrayList<>();
        Optional.ofNullable(waiting.poll(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS))
            .ifPresent(asked::add);
        waiting.drainTo(asked);
        state = next(state);
        asked.forEach(one -> one.complete(closed()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (state instanceof State.Held(var session)) {
      session.close();
    }
  }

  private State next(State before) {
    return switch (before) {
      case State.Held(var session) -> look(session);
      case State.Away away -> regain(away);
      case State.Lost lost -> lost;
    };
  }

  private State look(PostgresSession session) {
    try {
      if (session.takesWrites()) {
        return state;
      }
      return away(session, "it takes no writes now");
    } catch (SQLException e) {
      return away(session, Waiting.rootMessage(e));
    }
  }

  private State away(PostgresSession session, String why) {
    session.close();
    LOG.warn("the journal in {} is away: {}", source.place(), why);
    return new State.Away(Instant.now(), why);
  }

  private State regain(State.Away away) {
    PostgresSession session = null;
    try {
      session = PostgresSession.open(source, tenant);
      State next = regain(away, session);
      if (!(next instanceof State.Held)) {
        session.close();
      }
      return next;
    } catch (SQLException e) {
      if (session != null) {
        session.close();
      }
      return new State.Away(away.since(), Waiting.rootMessage(e));
    }
  }

  /** The owner is read last, under the lock if there is one: then nobody can change it any more. */
  private State regain(State.Away away, PostgresSession session) throws SQLException {
    session.endGhosts();
    boolean locked = session.lock();
    if (!session.isOnRecord()) {
      String why = "another supervisor has taken over the journal in " + source.place();
      LOG.error("{}; this one ends", why);
      return new State.Lost(why);
    }
    if (!locked) {
      return new State.Away(away.since(), "its lock is held by another connection");
    }
    if (!session.takesWrites()) {
      return new State.Away(away.since(), "it takes no writes now");
    }
    LOG.info("the journal in {} is back, away since {}", source.place(), away.since());
    return new State.Held(session);
  }

  @Override
  public Optional<String> closed() {
    return switch (state) {
      case State.Held _ -> Optional.empty();
      case State.Away(var since, var why) ->
          Optional.of(
              "the journal in " + source.place() + " is away since " + since + " (" + why + ")");
      case State.Lost(var why) -> Optional.of(why);
    };
  }

  /** One that is known to be away is not asked again: the next regular look may take its time. */
  @Override
  public CompletionStage<Optional<String>> look() {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    if (!(state instanceof State.Held) || ending) {
      answer.complete(closed());
    } else {
      waiting.add(answer);
    }
    return answer.completeOnTimeout(
        Optional.of("the journal in " + source.place() + " does not answer"),
        LONGEST_LOOK.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  /** By which the journal is told from any other. */
  String journal() {
    return journal;
  }

  /** Why it can never open again. */
  Optional<String> lost() {
    return state instanceof State.Lost(var why) ? Optional.of(why) : Optional.empty();
  }

  /** Lets go of the lock once nothing is written any more. */
  @Override
  public void close() {
    ending = true;
    waiting.add(new CompletableFuture<>());
    try {
      keeper.join(BETWEEN_LOOKS.plus(PATIENCE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
