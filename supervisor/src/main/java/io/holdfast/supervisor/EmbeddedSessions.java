package io.holdfast.supervisor;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVStoreTool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one embedded journal. Its file only grows while it is open, so every now and
 * then all of them are held back for a moment, for some seconds where it has hundreds of megabytes,
 * and the file is closed, made small and opened again.
 *
 * <p>Nothing fails by that: whoever wants a connection meanwhile waits for it.
 */
final class EmbeddedSessions {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSessions.class);

  /** Of this size a file is worth the moment that making it small takes. */
  private static final long LARGE = 64L << 20;

  /** So many times what was left of it the last time. */
  private static final int GROWTH = 4;

  private static final int ALL = 1_000;

  /** Shorter than a write to the journal may take, which counts as failed after that. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(40);

  /** For those who have a connection to be done with it; nobody else gets one in that time. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(30);

  private static final Map<Path, EmbeddedSessions> OPEN = new ConcurrentHashMap<>();

  private final Path file;
  private final String url;
  private final Semaphore permits = new Semaphore(ALL, true);
  private final AtomicBoolean shrinking = new AtomicBoolean();
  private volatile long limit = LARGE;
  private volatile long notBefore = System.nanoTime();

  private EmbeddedSessions(Path file, String url) {
    this.file = file;
    this.url = url;
  }

  /** Those of a journal, which only one actor system at a time uses. */
  static EmbeddedSessions of(EmbeddedJournal journal) {
    return OPEN.computeIfAbsent(
        journal.path(), _ -> new EmbeddedSessions(journal.file(), journal.url()));
  }

  /** A connection for as long as it is not closed. */
  Connection lend() throws SQLException {
    acquire();
    try {
      return lent(connect());
    } catch (SQLException | RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  private void acquire() throws SQLException {
    try {
      if (!permits.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException("the journal is being compacted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, EmbeddedJournal.USER, "");
  }

  private Connection lent(Connection own) {
    AtomicBoolean returned = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            EmbeddedSessions.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              Object result = invoke(own, method, arguments);
              if (method.getName().equals("close") && returned.compareAndSet(false, true)) {
                permits.release();
                shrinkIfLarge();
              }
              return result;
            });
  }

  private static @Nullable Object invoke(
      Connection own, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(own, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private void shrinkIfLarge() {
    if (System.nanoTime() - notBefore >= 0
        && file.toFile().length() > limit
        && shrinking.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("journal-compaction").start(this::shrink);
    }
  }

  private void shrink() {
    notBefore = System.nanoTime() + UNTIL_NEXT_TRY.toNanos();
    try {
      if (permits.tryAcquire(ALL, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          shrinkAlone();
          notBefore = System.nanoTime();
        } finally {
          permits.release(ALL);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException e) {
      LOG.warn(
          "the journal of {} MiB could not be compacted, which is tried again: {}",
          file.toFile().length() >> 20,
          Waiting.rootMessage(e));
    } finally {
      shrinking.set(false);
    }
  }

  private void shrinkAlone() throws SQLException {
    long began = System.nanoTime();
    long before = file.toFile().length();
    shutDown();
    compact();
    LOG.info(
        "compacted the journal from {} to {} MiB in {} ms",
        before >> 20,
        file.toFile().length() >> 20,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  /** Before anyone has a connection. */
  void compactIfLarge() throws IOException {
    MVStoreTool.compactCleanUp(file.toString());
    if (Files.exists(file) && Files.size(file) > LARGE) {
      LOG.info("compacting the journal of {} MiB", Files.size(file) >> 20);
      compact();
    }
  }

  /**
   * While it is not open. The new file is complete before it takes the old one's place, and a
   * compaction that was interrupted is finished or undone by the next.
   */
  private void compact() {
    MVStoreTool.compact(file.toString(), false);
    limit = Math.max(LARGE, GROWTH * file.toFile().length());
  }

  private void shutDown() throws SQLException {
    try (Connection last = connect();
        Statement statement = last.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }

  /**
   * In order, once nobody uses it any more; whoever still does after a moment, as a backup that is
   * under way, has lost it.
   */
  void close() throws SQLException {
    OPEN.values().remove(this);
    if (!isAlone()) {
      LOG.debug("the journal is closed while somebody uses it");
    }
    shutDown();
  }

  private boolean isAlone() {
    try {
      return permits.tryAcquire(ALL, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
