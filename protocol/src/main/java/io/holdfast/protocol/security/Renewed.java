package io.holdfast.protocol.security;

import io.holdfast.core.CannotStart;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of files, and made anew when they have changed. What cannot be used is told once and
 * changes nothing.
 *
 * @param <C> what the files hold
 * @param <T> what is made of it
 */
public final class Renewed<C, T> {

  /** How the files are read. */
  @FunctionalInterface
  public interface Reading<C> {
    C read() throws CannotStart;
  }

  /** How the product is made. */
  @FunctionalInterface
  public interface Making<C, T> {
    T make(C contents) throws CannotStart;
  }

  private record Made<C, T>(C contents, T product) {}

  private static final Logger LOG = LoggerFactory.getLogger(Renewed.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final String name;
  private final Reading<C> reading;
  private final Making<C, T> making;
  private volatile Made<C, T> made;
  private volatile long lookedAt = System.nanoTime();
  private Optional<String> complaint = Optional.empty();

  private Renewed(String name, Reading<C> reading, Making<C, T> making, Made<C, T> made) {
    this.name = name;
    this.reading = reading;
    this.making = making;
    this.made = made;
  }

  /**
   * Reads for the first time.
   *
   * @param name what the log calls it
   */
  public static <C, T> Renewed<C, T> of(String name, Reading<C> reading, Making<C, T> making)
      throws CannotStart {
    C contents = reading.read();
    return new Renewed<>(name, reading, making, new Made<>(contents, making.make(contents)));
  }

  /** The newest that could be used, as of the last look. */
  public T known() {
    return made.product();
  }

  /** The newest that can be used; looks at the files unless that was done within this second. */
  public T current() {
    if (System.nanoTime() - lookedAt > BETWEEN_LOOKS.toNanos()) {
      look();
    }
    return known();
  }

  /** Looks at the files now. */
  public synchronized void look() {
    lookedAt = System.nanoTime();
    try {
      C contents = reading.read();
      if (!contents.equals(made.contents())) {
        made = new Made<>(contents, making.make(contents));
        LOG.info("new {} in use", name);
      }
      complaint = Optional.empty();
    } catch (CannotStart e) {
      Optional<String> reason = Optional.ofNullable(e.getMessage());
      if (!reason.equals(complaint)) {
        LOG.warn("the {} in use stays: {}", name, reason.orElse("the new one is unusable"));
      }
      complaint = reason;
    }
  }
}
