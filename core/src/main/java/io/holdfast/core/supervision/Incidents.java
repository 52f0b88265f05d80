package io.holdfast.core.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The incidents of one service, newest first; the oldest are forgotten.
 *
 * @param all at most {@link #KEPT}; only the first may be open
 */
public record Incidents(List<Incident> all) {

  public static final int KEPT = 20;
  public static final Incidents NONE = new Incidents(List.of());

  public Incidents {
    all = List.copyOf(all);
  }

  public Optional<Incident> open() {
    return all.stream().findFirst().filter(Incident::isOpen);
  }

  /**
   * The one that is open, or the last one again if it had the same cause and ended less than {@code
   * calm} ago.
   */
  Incidents opened(Incident fresh, Duration calm) {
    if (open().isPresent()) {
      return this;
    }
    boolean again =
        all.stream()
            .findFirst()
            .filter(last -> last.cause().equals(fresh.cause()))
            .flatMap(Incident::restoredAt)
            .filter(ended -> ended.plus(calm).isAfter(fresh.at()))
            .isPresent();
    if (again) {
      return replaced(Incident::reopened);
    }
    List<Incident> next = new ArrayList<>(all);
    next.addFirst(fresh);
    return new Incidents(next.subList(0, Math.min(next.size(), KEPT)));
  }

  /** Changes the open one, if there is one. */
  Incidents note(UnaryOperator<Incident> change) {
    return open().isPresent() ? replaced(change) : this;
  }

  /** What follows from a failure belongs to it even when a standby has ended it by then. */
  Incidents afterword(Deed deed, Duration calm) {
    boolean recent =
        all.stream()
            .findFirst()
            .filter(last -> last.restoredAt().map(deed.at().minus(calm)::isBefore).orElse(true))
            .isPresent();
    return recent ? replaced(incident -> incident.did(deed)) : this;
  }

  Incidents restored(Instant at) {
    return note(incident -> incident.restored(at));
  }

  private Incidents replaced(UnaryOperator<Incident> change) {
    List<Incident> next = new ArrayList<>(all);
    next.set(0, change.apply(next.getFirst()));
    return new Incidents(next);
  }
}
