package io.holdfast.core.detection;

import io.holdfast.core.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the cluster from replacing what may only be out of sight: many hosts seldom die together,
 * and what they have in common dies often.
 *
 * <p>Engages when at least {@link #FEWEST} nodes and more than {@link #SHARE} of all have become
 * suspect within {@link #TOGETHER}. While it is engaged a node is condemned at most every {@link
 * #PACE}, and only when others have found nothing alive on it; none at all while more than {@link
 * #MOST} of all are suspect, or while a supervisor that all suspects hang on has no agent left that
 * it trusts. Where no node at all is trusted, nothing could take over, and nobody is condemned.
 * Lets go when that long nothing has been added, and few are suspect.
 *
 * <p>All moments are readings of one monotonic clock.
 *
 * @param suspects those told of lately
 * @param engagedAt while it is engaged: when something was added last
 * @param lastCondemned when a node was condemned last, engaged or not
 * @param settledFrom what was told to the one before this is not known, so at first nobody is
 *     condemned
 */
public record Brake(
    NavigableMap<NodeId, Suspect> suspects,
    Optional<Instant> engagedAt,
    Instant lastCondemned,
    Instant settledFrom) {

  static final int FEWEST = 2;
  static final double SHARE = 0.3;
  static final double MOST = 0.6;
  static final Duration TOGETHER = Duration.ofSeconds(30);
  static final Duration PACE = Duration.ofMinutes(1);

  /** Whoever is suspect says so every second. */
  static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(5);

  public Brake {
    suspects = Collections.unmodifiableNavigableMap(new TreeMap<>(suspects));
  }

  /** A brake that has just come to be, and must hear of all suspects first. */
  public static Brake released(Instant now) {
    return new Brake(
        Collections.emptyNavigableMap(), Optional.empty(), Instant.MIN, now.plus(FORGOTTEN_AFTER));
  }

  /** What one that asked is told. */
  public sealed interface Answer {
    record Allowed() implements Answer {}

    record Withheld(String why) implements Answer {}
  }

  /** The brake afterwards, and the answer. */
  public record Ruling(Brake brake, Answer answer) {}

  /**
   * A node is suspect.
   *
   * @param supervisor which has or had the session of its agent; blank when that is not known
   * @param due it is to be condemned if that is allowed
   * @param confirmed others have found nothing alive on it
   */
  public Ruling ask(
      NodeId node,
      String supervisor,
      boolean due,
      boolean confirmed,
      Population population,
      Instant now) {
    Brake next = at(now, population).with(node, supervisor, now).engagedIf(population, now);
    Optional<String> why = due ? next.objection(confirmed, population, now) : Optional.of("early");
    return why.map(reason -> new Ruling(next, new Answer.Withheld(reason)))
        .orElseGet(() -> new Ruling(next.condemned(node, now), new Answer.Allowed()));
  }

  /** As time goes by. */
  public Brake at(Instant now, Population population) {
    NavigableMap<NodeId, Suspect> rest = new TreeMap<>(suspects);
    rest.values().removeIf(suspect -> isPast(suspect, now));
    Brake next = new Brake(rest, engagedAt, lastCondemned, settledFrom);
    boolean over =
        engagedAt.filter(at -> !at.plus(PACE).isAfter(now)).isPresent()
            && !lastCondemned.plus(PACE).isAfter(now)
            && !next.areMany(next.living(), population);
    return over ? new Brake(rest, Optional.empty(), lastCondemned, settledFrom) : next;
  }

  private static boolean isPast(Suspect suspect, Instant now) {
    return !suspect.heard().plus(suspect.condemned() ? PACE : FORGOTTEN_AFTER).isAfter(now);
  }

  public boolean isEngaged() {
    return engagedAt.isPresent();
  }

  /** Suspects that are not condemned. */
  public int living() {
    return (int) suspects.values().stream().filter(suspect -> !suspect.condemned()).count();
  }

  private Brake with(NodeId node, String supervisor, Instant now) {
    NavigableMap<NodeId, Suspect> more = new TreeMap<>(suspects);
    Suspect known = suspects.get(node);
    more.put(
        node,
        known == null || known.condemned()
            ? new Suspect(supervisor, now, now, false)
            : known.heardAgain(supervisor, now));
    return new Brake(more, engagedAt, lastCondemned, settledFrom);
  }

  private Brake engagedIf(Population population, Instant now) {
    int together =
        (int)
            suspects.values().stream()
                .filter(suspect -> suspect.since().plus(TOGETHER).isAfter(now))
                .count();
    Instant latest =
        suspects.values().stream().map(Suspect::since).max(Instant::compareTo).orElse(now);
    return areMany(together, population) || (isEngaged() && areMany(living(), population))
        ? new Brake(
            suspects,
            Optional.of(engagedAt.filter(at -> at.isAfter(latest)).orElse(latest)),
            lastCondemned,
            settledFrom)
        : this;
  }

  private boolean areMany(int count, Population population) {
    return count >= FEWEST && count > SHARE * all(population);
  }

  /** Those that were condemned a moment ago are part of what is going on. */
  private int all(Population population) {
    int gone = suspects.size() - living();
    return Math.max(population.nodes() + gone, suspects.size());
  }

  private Optional<String> objection(boolean confirmed, Population population, Instant now) {
    if (settledFrom.isAfter(now)) {
      return Optional.of("the brake has just started, and does not know yet how many are suspect");
    }
    if (population.trusted().isEmpty()) {
      return Optional.of("no other node is there to take what is on it");
    }
    if (!isEngaged()) {
      return Optional.empty();
    }
    if (living() > MOST * all(population)) {
      return Optional.of("most nodes are suspect together, which is hardly their fault");
    }
    if (hangOnOneThatTrustsNone(population)) {
      return Optional.of("all that is suspect hangs on one supervisor, which has no other agent");
    }
    if (!confirmed) {
      return Optional.of("several nodes became suspect together, and nobody could confirm it");
    }
    return lastCondemned.plus(PACE).isAfter(now)
        ? Optional.of("several nodes became suspect together, so they are condemned one a minute")
        : Optional.empty();
  }

  private boolean hangOnOneThatTrustsNone(Population population) {
    long supervisors = suspects.values().stream().map(Suspect::supervisor).distinct().count();
    String one = suspects.firstEntry().getValue().supervisor();
    return supervisors == 1 && !one.isEmpty() && population.trusted().getOrDefault(one, 0) == 0;
  }

  private Brake condemned(NodeId node, Instant now) {
    NavigableMap<NodeId, Suspect> next = new TreeMap<>(suspects);
    next.computeIfPresent(node, (_, suspect) -> suspect.condemnedAt(now));
    return new Brake(next, engagedAt, now, settledFrom);
  }
}
