package io.holdfast.core.detection;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A node whose agent is not heard. Suspicion isolates; only condemnation replaces.
 *
 * <p>An agent is not its host: while others reach one of its endpoints, its services live, go on
 * taking traffic and are not replaced. An endpoint that everybody finds refused twice in a row is a
 * process that is gone. A node from which nothing at all has come for {@link #CONDEMNED_AFTER} is
 * condemned, if the brake allows it.
 *
 * @param silence since the last sign of life of any kind
 * @param away without an agent, whatever its services do
 * @param doubted whether its endpoints are used only in need
 * @param standing what others found at its endpoints last
 * @param refused at the last check; once more, and they are dead
 * @param told what has been said once already
 */
public record Absence(
    Duration silence,
    Duration away,
    boolean doubted,
    Standing standing,
    SortedSet<InstanceId> refused,
    Told told) {

  /** Of total silence. */
  public static final Duration CONDEMNED_AFTER = Duration.ofSeconds(6);

  /** Services without an agent are not restarted when they die. */
  static final Duration ALARM_AFTER = Duration.ofMinutes(1);

  /** What is known of the host from its endpoints. */
  public enum Standing {
    /** Nobody has tried, or there is nothing to try. */
    UNKNOWN,
    /** A process there has accepted a connection. */
    LIVES,
    /** Nothing there accepts any. */
    DEAD
  }

  /** Reasons for sparing a node may take turns every second. */
  static final Duration BETWEEN_REASONS = Duration.ofMinutes(1);

  /**
   * What is said once.
   *
   * @param withheld why it is not condemned
   * @param another from when on another reason for that is told, by the time that it is away
   */
  record Told(boolean alarmed, String withheld, Duration another) {
    static final Told NOTHING = new Told(false, "", Duration.ZERO);
  }

  public Absence {
    refused = Collections.unmodifiableSortedSet(new TreeSet<>(refused));
  }

  /**
   * An agent that has just been lost.
   *
   * @param patience longer than usual that it is waited for, as after this observer's own start
   */
  public static Absence begun(Duration patience) {
    return new Absence(
        patience.negated(),
        patience.negated(),
        false,
        Standing.UNKNOWN,
        Collections.emptySortedSet(),
        Told.NOTHING);
  }

  /** Decides; inputs may come late, and more than once. */
  public static Decision<Absence, AbsenceEffect> decide(Absence state, AbsenceInput input) {
    return switch (input) {
      case AbsenceInput.FellSilent() -> state.doubt("its heartbeats stopped");
      case AbsenceInput.Passed(var elapsed) -> state.passed(elapsed);
      case AbsenceInput.Checked checked -> state.checked(checked);
      case AbsenceInput.Allowed() -> state.allowed();
      case AbsenceInput.Withheld(var why) -> state.withheld(why);
    };
  }

  private Decision<Absence, AbsenceEffect> passed(Duration elapsed) {
    Absence next = later(elapsed);
    if (next.silence.isNegative()) {
      // Not even its being away is known: most likely its agent is connecting.
      return Decision.to(next);
    }
    List<AbsenceEffect> effects = new ArrayList<>();
    effects.add(new AbsenceEffect.Check());
    boolean lives = next.standing == Standing.LIVES;
    if (!lives) {
      effects.add(new AbsenceEffect.AskBrake(next.isDue(), next.standing == Standing.DEAD));
    }
    if (lives && !told.alarmed && next.away.compareTo(ALARM_AFTER) >= 0) {
      effects.add(
          new AbsenceEffect.Alarm(
              "its services answer, but without an agent nothing there is restarted: start it"));
      next = next.with(new Told(true, told.withheld, told.another));
    }
    return new Decision<>(next, effects);
  }

  /** What answered so long ago proves nothing, should there be nothing to ask any more. */
  private Absence later(Duration elapsed) {
    Duration now = silence.plus(elapsed);
    boolean stale = standing == Standing.LIVES && now.compareTo(CONDEMNED_AFTER) >= 0;
    return new Absence(
        now, away.plus(elapsed), doubted, stale ? Standing.UNKNOWN : standing, refused, told);
  }

  private boolean isDue() {
    return silence.compareTo(CONDEMNED_AFTER) >= 0;
  }

  private Decision<Absence, AbsenceEffect> checked(AbsenceInput.Checked input) {
    if (input.endpoints().isEmpty()) {
      return Decision.to(this);
    }
    SortedSet<InstanceId> refusing =
        input.endpoints().keySet().stream()
            .filter(instance -> input.endpoints().get(instance) == Reach.REFUSED)
            .collect(Collectors.toCollection(TreeSet::new));
    boolean lives = input.endpoints().containsValue(Reach.ACCEPTED);
    Absence next =
        new Absence(
            lives ? Duration.ZERO : silence,
            away,
            doubted,
            lives ? Standing.LIVES : Standing.DEAD,
            refusing,
            told);
    Decision<Absence, AbsenceEffect> decision =
        lives ? next.trust(standing) : next.doubt("nothing on it answers");
    SortedSet<InstanceId> dead = new TreeSet<>(refusing);
    dead.retainAll(refused);
    return dead.isEmpty() ? decision : decision.then(new AbsenceEffect.Bury(dead));
  }

  private Decision<Absence, AbsenceEffect> allowed() {
    return isDue() && standing != Standing.LIVES
        ? Decision.<Absence, AbsenceEffect>to(this)
            .then(
                new AbsenceEffect.Condemn(
                    "silent for "
                        + silence.toSeconds()
                        + " s"
                        + (standing == Standing.DEAD ? ", and nothing on it answers others" : "")))
        : Decision.to(this);
  }

  private Decision<Absence, AbsenceEffect> withheld(String why) {
    boolean news = !why.equals(told.withheld) && away.compareTo(told.another) >= 0;
    Told next = new Told(told.alarmed, why, away.plus(BETWEEN_REASONS));
    return !isDue() || !news
        ? Decision.to(this)
        : Decision.<Absence, AbsenceEffect>to(with(next))
            .then(new AbsenceEffect.Alarm("it would be condemned, but is not: " + why));
  }

  private Decision<Absence, AbsenceEffect> doubt(String why) {
    return doubted
        ? Decision.to(this)
        : Decision.<Absence, AbsenceEffect>to(doubting(true)).then(new AbsenceEffect.Doubt(why));
  }

  /** Said even of one that was never doubted: why it is suspect has changed. */
  private Decision<Absence, AbsenceEffect> trust(Standing before) {
    Decision<Absence, AbsenceEffect> trusted = Decision.to(doubting(false));
    return before == Standing.LIVES && !doubted
        ? trusted
        : trusted.then(new AbsenceEffect.Trust("its agent is away, its services answer"));
  }

  private Absence doubting(boolean next) {
    return new Absence(silence, away, next, standing, refused, told);
  }

  private Absence with(Told next) {
    return new Absence(silence, away, doubted, standing, refused, next);
  }
}
