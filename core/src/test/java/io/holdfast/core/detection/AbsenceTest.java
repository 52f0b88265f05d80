package io.holdfast.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.AbsenceEffect.Alarm;
import io.holdfast.core.detection.AbsenceEffect.AskBrake;
import io.holdfast.core.detection.AbsenceEffect.Bury;
import io.holdfast.core.detection.AbsenceEffect.Check;
import io.holdfast.core.detection.AbsenceEffect.Condemn;
import io.holdfast.core.detection.AbsenceEffect.Doubt;
import io.holdfast.core.detection.AbsenceEffect.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class AbsenceTest {

  private static final InstanceId WEB = new InstanceId(new ServiceName("web"), 0, 1);
  private static final InstanceId DB = new InstanceId(new ServiceName("db"), 0, 1);
  private static final AbsenceInput SECOND = new AbsenceInput.Passed(Duration.ofSeconds(1));
  private static final AbsenceInput ALLOWED = new AbsenceInput.Allowed();
  private static final AbsenceInput ACCEPTED = found(Reach.ACCEPTED, Reach.SILENT);
  private static final AbsenceInput ONE_REFUSED = found(Reach.ACCEPTED, Reach.REFUSED);
  private static final AbsenceInput REFUSED = found(Reach.REFUSED, Reach.REFUSED);
  private static final AbsenceInput SILENCE = found(Reach.SILENT, Reach.SILENT);
  private static final AbsenceInput NOTHING_TO_ASK = AbsenceInput.Checked.of(Map.of());

  private Absence absence = Absence.begun(Duration.ZERO);

  @Test
  void anAgentThatIsKilledTouchesNothingWhileItsServicesAnswer() {
    assertThat(told(ACCEPTED)).containsExactly(new Trust("its agent is away, its services answer"));
    for (int second = 1; second < 300; second++) {
      assertThat(told(SECOND))
          .as("second %d", second)
          .doesNotHaveAnyElementsOfTypes(AskBrake.class, Doubt.class, Condemn.class);
      assertThat(told(ACCEPTED)).isEmpty();
    }
    assertThat(told(ALLOWED)).as("by a brake that was asked before").isEmpty();
  }

  @Test
  void servicesWithoutAnAgentAreAnAlarmAfterAMinute() {
    told(ACCEPTED);
    List<AbsenceEffect> said = new ArrayList<>();
    for (int second = 0; second < 59; second++) {
      said.addAll(told(SECOND));
      said.addAll(told(ACCEPTED));
    }
    assertThat(said).hasOnlyElementsOfType(Check.class);
    assertThat(told(SECOND)).hasAtLeastOneElementOfType(Alarm.class);
    told(ACCEPTED);
    assertThat(told(SECOND)).as("once").containsExactly(new Check());
  }

  @Test
  void aSilentHostIsDoubtedAtOnceAndCondemnedAfterSixSecondsIfTheBrakeAllows() {
    assertThat(told(new AbsenceInput.FellSilent()))
        .containsExactly(new Doubt("its heartbeats stopped"));
    assertThat(told(SILENCE)).as("doubted already").isEmpty();
    for (int second = 1; second < 6; second++) {
      assertThat(told(SECOND)).containsExactly(new Check(), new AskBrake(false, true));
      assertThat(told(ALLOWED)).as("nothing is due").isEmpty();
    }
    assertThat(told(SECOND)).containsExactly(new Check(), new AskBrake(true, true));
    assertThat(told(ALLOWED))
        .containsExactly(new Condemn("silent for 6 s, and nothing on it answers others"));
  }

  @Test
  void aHostThatHasNothingToAskGoesBySilenceUnconfirmed() {
    told(NOTHING_TO_ASK);
    passes(5);
    assertThat(told(SECOND)).contains(new AskBrake(true, false));
    assertThat(told(ALLOWED)).containsExactly(new Condemn("silent for 6 s"));
  }

  @Test
  void aStreamThatClosedIsNoDoubtUntilOthersFindNothing() {
    assertThat(told(SECOND)).containsExactly(new Check(), new AskBrake(false, false));
    assertThat(told(SILENCE)).containsExactly(new Doubt("nothing on it answers"));
    assertThat(told(ACCEPTED)).hasOnlyElementsOfType(Trust.class);
  }

  @Test
  void whatAnswersAtLastHasNotBeenSilent() {
    told(SILENCE);
    passes(5);
    told(ACCEPTED);
    told(SILENCE);
    for (int second = 1; second < 6; second++) {
      assertThat(told(SECOND)).contains(new AskBrake(false, true));
    }
    assertThat(told(SECOND)).contains(new AskBrake(true, true));
  }

  @Test
  void whatAnsweredOnceProvesNothingForEver() {
    told(ACCEPTED);
    passes(5);
    assertThat(told(SECOND)).containsExactly(new Check(), new AskBrake(true, false));
    assertThat(told(ALLOWED)).containsExactly(new Condemn("silent for 6 s"));
  }

  @Test
  void anEndpointThatAllFindRefusedTwiceIsDeadThoughItsHostLives() {
    told(ACCEPTED);
    assertThat(told(ONE_REFUSED)).as("once").isEmpty();
    assertThat(told(ONE_REFUSED)).containsExactly(bury(DB));
  }

  @Test
  void aRefusalInBetweenIsForgotten() {
    told(ONE_REFUSED);
    told(ACCEPTED);
    assertThat(told(ONE_REFUSED)).isEmpty();
  }

  @Test
  void whereAllRefuseAllAreDead() {
    assertThat(told(REFUSED)).containsExactly(new Doubt("nothing on it answers"));
    assertThat(told(REFUSED)).containsExactly(bury(DB, WEB));
  }

  @Test
  void aBrakeThatWithholdsIsAnAlarmOnceForEachReason() {
    told(SILENCE);
    passes(6);
    assertThat(told(new AbsenceInput.Withheld("most are suspect")))
        .containsExactly(new Alarm("it would be condemned, but is not: most are suspect"));
    assertThat(told(new AbsenceInput.Withheld("most are suspect"))).isEmpty();
  }

  @Test
  void reasonsThatTakeTurnsAreToldOnceAMinute() {
    told(SILENCE);
    passes(6);
    assertThat(told(new AbsenceInput.Withheld("most are suspect"))).hasSize(1);
    for (int second = 0; second < 60; second++) {
      assertThat(told(new AbsenceInput.Withheld("one a minute"))).isEmpty();
      assertThat(told(new AbsenceInput.Withheld("most are suspect"))).isEmpty();
      passes(1);
    }
    assertThat(told(new AbsenceInput.Withheld("most are suspect"))).isEmpty();
    assertThat(told(new AbsenceInput.Withheld("one a minute")))
        .containsExactly(new Alarm("it would be condemned, but is not: one a minute"));
    assertThat(told(new AbsenceInput.Withheld("most are suspect"))).isEmpty();
  }

  @Test
  void aBrakeThatWithholdsWhatIsNotDueIsNoAlarm() {
    told(SILENCE);
    assertThat(told(new AbsenceInput.Withheld("early"))).isEmpty();
  }

  @Test
  void afterAStartOfTheObserverItWaitsLongerAndAsksNobodyMeanwhile() {
    absence = Absence.begun(Duration.ofSeconds(10));
    for (int second = 1; second < 10; second++) {
      assertThat(told(SECOND)).as("second %d", second).isEmpty();
    }
    for (int second = 10; second < 16; second++) {
      assertThat(told(SECOND)).containsExactly(new Check(), new AskBrake(false, false));
    }
    assertThat(told(SECOND)).contains(new AskBrake(true, false));
  }

  @Test
  void whatSeveralFoundIsTheBestOfIt() {
    assertThat(Reach.together(List.of(Reach.REFUSED, Reach.SILENT, Reach.ACCEPTED)))
        .isEqualTo(Reach.ACCEPTED);
    assertThat(Reach.together(List.of(Reach.REFUSED, Reach.SILENT))).isEqualTo(Reach.SILENT);
    assertThat(Reach.together(List.of(Reach.REFUSED, Reach.REFUSED))).isEqualTo(Reach.REFUSED);
    assertThat(Reach.together(List.of())).isEqualTo(Reach.SILENT);
  }

  private static AbsenceInput found(Reach web, Reach db) {
    return AbsenceInput.Checked.of(Map.of(WEB, web, DB, db));
  }

  private static Bury bury(InstanceId... instances) {
    return new Bury(new TreeSet<>(List.of(instances)));
  }

  private void passes(int seconds) {
    for (int i = 0; i < seconds; i++) {
      told(SECOND);
    }
  }

  private List<AbsenceEffect> told(AbsenceInput input) {
    Decision<Absence, AbsenceEffect> decision = Absence.decide(absence, input);
    absence = decision.state();
    return decision.effects();
  }
}
