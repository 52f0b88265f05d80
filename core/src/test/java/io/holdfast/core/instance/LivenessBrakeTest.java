package io.holdfast.core.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class LivenessBrakeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration RECOVERY = Duration.ofSeconds(40);

  /**
   * One instance in every standing, beside a sibling that is well or fails too, with every event.
   * What the table does not list must change nothing.
   */
  private static final String TABLE =
      """
      Unknown, sibling well + LivenessPassed -> Well:
      Unknown, sibling well + LivenessMissed -> Doubtful:
      Unknown, sibling well + KillAsked -> Killed: GrantKill
      Unknown, sibling fails + LivenessPassed -> Well:
      Unknown, sibling fails + LivenessMissed -> Doubtful:
      Unknown, sibling fails + KillAsked -> Held: TellHeld WakeAfter
      Well, sibling well + LivenessMissed -> Doubtful:
      Well, sibling well + KillAsked -> Killed: GrantKill
      Well, sibling well + Gone -> Unknown:
      Well, sibling fails + LivenessMissed -> Doubtful:
      Well, sibling fails + KillAsked -> Held: TellHeld WakeAfter
      Well, sibling fails + Gone -> Unknown:
      Doubtful, sibling well + LivenessPassed -> Well:
      Doubtful, sibling well + KillAsked -> Killed: GrantKill
      Doubtful, sibling well + Gone -> Unknown:
      Doubtful, sibling fails + LivenessPassed -> Well:
      Doubtful, sibling fails + KillAsked -> Held: TellHeld WakeAfter
      Doubtful, sibling fails + Gone -> Unknown:
      Held, sibling well + LivenessPassed -> Well:
      Held, sibling well + Gone -> Unknown:
      Held, sibling well + TimePassed -> Killed: GrantKill
      Held, sibling fails + LivenessPassed -> Well:
      Held, sibling fails + Gone -> Unknown:
      Held, sibling fails + TimePassed -> Held: WakeAfter
      Killed, sibling well + Readied -> Unknown:
      Killed, sibling fails + Readied -> Unknown:
      """;

  private record Row(String next, String effects) {}

  private LivenessBrake brake = LivenessBrake.RELEASED;
  private List<BrakeEffect> effects = List.of();
  private Instant now = START;

  @TestFactory
  Stream<DynamicTest> everyStandingWithEveryEvent() {
    Map<String, Row> table = table();
    List<DynamicTest> tests = new ArrayList<>();
    for (String sibling : List.of("well", "fails")) {
      for (String standing : List.of("Unknown", "Well", "Doubtful", "Held", "Killed")) {
        for (BrakeEvent event : events()) {
          String pair =
              standing + ", sibling " + sibling + " + " + event.getClass().getSimpleName();
          Optional<Row> row = Optional.ofNullable(table.remove(pair));
          tests.add(
              DynamicTest.dynamicTest(
                  pair, () -> check(standing(standing, sibling), standing, event, row)));
        }
      }
    }
    tests.add(
        DynamicTest.dynamicTest("every line was used", () -> assertThat(table.keySet()).isEmpty()));
    return tests.stream();
  }

  @Test
  void whoHangsAloneIsEndedAtOnce() {
    well(web(0), web(1), web(2));
    misses(web(0));

    asks(web(0));

    assertThat(effects).containsExactly(new BrakeEffect.GrantKill(web(0), ""));
  }

  @Test
  void theOnlyInstanceOfAHostIsEndedAtOnce() {
    asks(web(0));

    assertThat(effects).containsExactly(new BrakeEffect.GrantKill(web(0), ""));
  }

  @Test
  void whenMostSiblingsFailTogetherNoneIsEnded() {
    well(web(0), web(1), web(2), db(0), db(1), db(2), db(3));
    misses(web(0), web(1));

    asks(web(0));

    assertThat(effects)
        .containsExactly(
            new BrakeEffect.TellHeld(web(0), "2 of 3 instances of web here failed together"),
            new BrakeEffect.WakeAfter(LivenessBrake.LONGEST_HOLD));
    asks(web(1));
    assertThat(granted()).isEmpty();
  }

  @Test
  void halfIsNotMost() {
    well(web(0), web(1), web(2), web(3));
    misses(web(0), web(1));

    asks(web(0));

    assertThat(granted()).containsExactly(web(0));
  }

  @Test
  void whenMostOfAHostFailsNoneIsEndedThoughEachIsTheOnlyOneOfItsService() {
    well(web(0), db(0), queue(0));
    misses(web(0), db(0));

    asks(db(0));

    assertThat(effects)
        .contains(new BrakeEffect.TellHeld(db(0), "2 of 3 instances on this host failed together"));
  }

  @Test
  void whoAnswersAgainIsLetLive() {
    well(web(0), web(1));
    misses(web(0), web(1));
    asks(web(0));
    asks(web(1));

    passes(web(0));
    passes(web(1));
    later(60);

    assertThat(granted()).isEmpty();
  }

  @Test
  void whoIsLeftAloneWithItsFaultIsEndedWithoutWaitingLonger() {
    well(web(0), web(1));
    misses(web(0), web(1));
    asks(web(0));
    now = START.plusSeconds(4);

    passes(web(1));

    assertThat(effects)
        .containsExactly(
            new BrakeEffect.GrantKill(
                web(0),
                "its end was held back for 4s because 2 of 2 instances of web here failed"
                    + " together"));
  }

  @Test
  void afterThirtySecondsTheyGoOneAtATime() {
    allFail(3);

    later(29);
    assertThat(granted()).isEmpty();
    later(30);
    assertThat(granted()).containsExactly(web(0));
    later(50);
    assertThat(granted()).isEmpty();
    on(new BrakeEvent.Gone(web(0)));
    assertThat(granted()).isEmpty();
    on(new BrakeEvent.Readied(next(0)));
    assertThat(granted()).containsExactly(web(1));
  }

  @Test
  void aReplacementThatIsNeverReadyHoldsNobodyUpForEver() {
    allFail(2);
    later(30);

    later(30 + RECOVERY.toSeconds() - 1);
    assertThat(granted()).isEmpty();
    later(30 + RECOVERY.toSeconds());

    assertThat(granted()).containsExactly(web(1));
  }

  @Test
  void itIsWokenWheneverTimeDecides() {
    allFail(2);
    List<InstanceId> order = new ArrayList<>();

    while (order.size() < 2) {
      now = now.plus(wake());
      on(new BrakeEvent.TimePassed());
      order.addAll(granted());
    }

    assertThat(order).containsExactly(web(0), web(1));
    assertThat(now).isEqualTo(START.plusSeconds(30).plus(RECOVERY));
  }

  @Test
  void whoFailsSoonAfterAnotherWasEndedFailsTogetherWithIt() {
    well(web(0), web(1), web(2));
    misses(web(0));
    asks(web(0));
    assertThat(granted()).containsExactly(web(0));

    now = START.plusSeconds(9);
    misses(web(1));
    asks(web(1));

    assertThat(granted()).isEmpty();
    later(10);
    assertThat(granted()).containsExactly(web(1));
  }

  @Test
  void whoFailsWhenTheOneBeforeHasBeenReplacedFailsAlone() {
    well(web(0), web(1), web(2));
    asks(web(0));
    on(new BrakeEvent.Gone(web(0)));
    on(new BrakeEvent.Readied(next(0)));

    asks(web(1));

    assertThat(granted()).containsExactly(web(1));
  }

  @Test
  void lateNewsOfOneThatWasEndedMeansNothing() {
    asks(web(0));
    LivenessBrake before = brake;

    misses(web(0));
    passes(web(0));
    asks(web(0));

    assertThat(brake).isEqualTo(before);
    assertThat(effects).isEmpty();
  }

  private void check(LivenessBrake state, String standing, BrakeEvent event, Optional<Row> row) {
    Decision<LivenessBrake, BrakeEffect> decision =
        LivenessBrake.decide(state, event, START.plusSeconds(1));
    if (row.isEmpty()) {
      assertThat(decision).isEqualTo(Decision.to(state));
      return;
    }
    assertThat(standing).isNotBlank();
    assertThat(standingOf(decision.state())).isEqualTo(row.get().next());
    assertThat(
            String.join(
                " ",
                decision.effects().stream()
                    .map(effect -> effect.getClass().getSimpleName())
                    .toList()))
        .isEqualTo(row.get().effects());
  }

  /** Slot 0 as it is asked for, beside slot 1. */
  private static LivenessBrake standing(String standing, String sibling) {
    LivenessBrake base =
        LivenessBrake.RELEASED.with(
            web(1), sibling.equals("well") ? new Patient.Well() : new Patient.Doubtful());
    return switch (standing) {
      case "Unknown" -> base;
      case "Well" -> base.with(web(0), new Patient.Well());
      case "Doubtful" -> base.with(web(0), new Patient.Doubtful());
      case "Held" -> base.with(web(0), new Patient.Held(START, RECOVERY, "all failed"));
      default -> base.afterKill(web(0), Optional.empty(), START);
    };
  }

  private static String standingOf(LivenessBrake state) {
    return Optional.ofNullable(state.patients().get(web(0)))
        .map(patient -> patient.getClass().getSimpleName())
        .orElse(state.killed().isEmpty() ? "Unknown" : "Killed");
  }

  private static List<BrakeEvent> events() {
    return List.of(
        new BrakeEvent.LivenessPassed(web(0)),
        new BrakeEvent.LivenessMissed(web(0)),
        new BrakeEvent.KillAsked(web(0), RECOVERY),
        new BrakeEvent.Readied(next(0)),
        new BrakeEvent.Gone(web(0)),
        new BrakeEvent.TimePassed());
  }

  private static Map<String, Row> table() {
    Map<String, Row> table = new LinkedHashMap<>();
    TABLE
        .lines()
        .forEach(
            line -> {
              String[] sides = line.split(" -> ", 2);
              String[] outcome = sides[1].split(":", 2);
              table.put(sides[0], new Row(outcome[0], outcome[1].strip()));
            });
    return table;
  }

  private void allFail(int count) {
    for (int slot = 0; slot < count; slot++) {
      misses(web(slot));
    }
    for (int slot = 0; slot < count; slot++) {
      asks(web(slot));
    }
    assertThat(granted()).isEmpty();
  }

  private void well(InstanceId... ids) {
    passes(ids);
  }

  private void passes(InstanceId... ids) {
    for (InstanceId id : ids) {
      on(new BrakeEvent.LivenessPassed(id));
    }
  }

  private void misses(InstanceId... ids) {
    for (InstanceId id : ids) {
      on(new BrakeEvent.LivenessMissed(id));
    }
  }

  private void asks(InstanceId id) {
    on(new BrakeEvent.KillAsked(id, RECOVERY));
  }

  private void later(long seconds) {
    now = START.plusSeconds(seconds);
    on(new BrakeEvent.TimePassed());
  }

  private void on(BrakeEvent event) {
    Decision<LivenessBrake, BrakeEffect> decision = LivenessBrake.decide(brake, event, now);
    brake = decision.state();
    effects = decision.effects();
  }

  private List<InstanceId> granted() {
    return effects.stream()
        .flatMap(
            effect ->
                effect instanceof BrakeEffect.GrantKill(InstanceId id, String _)
                    ? Stream.of(id)
                    : Stream.empty())
        .toList();
  }

  private Duration wake() {
    return effects.stream()
        .flatMap(
            effect ->
                effect instanceof BrakeEffect.WakeAfter(Duration time)
                    ? Stream.of(time)
                    : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  private static InstanceId web(int slot) {
    return new InstanceId(new ServiceName("web"), slot, slot + 1);
  }

  private static InstanceId next(int slot) {
    return new InstanceId(new ServiceName("web"), slot, slot + 100);
  }

  private static InstanceId db(int slot) {
    return new InstanceId(new ServiceName("db"), slot, slot + 1);
  }

  private static InstanceId queue(int slot) {
    return new InstanceId(new ServiceName("queue"), slot, slot + 1);
  }
}
