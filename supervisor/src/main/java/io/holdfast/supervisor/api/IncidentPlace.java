package io.holdfast.supervisor.api;

import io.holdfast.core.supervision.Incident;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where an incident stands among all, the newest first: what a client sees of it, so that a page
 * can go on behind one that is forgotten by then.
 */
record IncidentPlace(Instant at, String incident) implements Comparable<IncidentPlace> {

  private static final Comparator<IncidentPlace> ORDER =
      Comparator.comparing(IncidentPlace::at).reversed().thenComparing(IncidentPlace::incident);

  static IncidentPlace of(Incident incident) {
    return new IncidentPlace(incident.at().truncatedTo(ChronoUnit.MILLIS), incident.id());
  }

  /** Reads what {@link #toString} wrote. */
  static Optional<IncidentPlace> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || slash == text.length() - 1) {
      return Optional.empty();
    }
    try {
      Instant at = Instant.parse(text.substring(0, slash));
      return Optional.of(new IncidentPlace(at, text.substring(slash + 1)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean isBehind(IncidentPlace other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(IncidentPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return at + "/" + incident;
  }
}
