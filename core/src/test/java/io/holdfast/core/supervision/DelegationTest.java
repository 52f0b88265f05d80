package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.WEB;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.PERIOD;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What agents may do without asking, and how that is reconciled with the record. */
final class DelegationTest {

  @Test
  void anAssignmentComesWithAsManyRestartsAsTheIntensityAndAsManyEpochs() {
    Story story = delegated(web().intensity(3));

    assertThat(story.delegated())
        .hasValueSatisfying(
            budget -> {
              assertThat(budget.service()).isEqualTo(WEB);
              assertThat(budget.limit() - budget.seen()).isEqualTo(3);
              assertThat(budget.blocks()).containsEntry(0, new EpochBlock(2, 4));
              assertThat(budget.validFor()).isEqualTo(Delegating.VALID_FOR);
            });
  }

  @Test
  void slotsOnOneNodeShareTheRestartsButNoEpoch() {
    Story story = delegated(web().intensity(2).instances(2));

    Budget budget = story.delegated().orElseThrow();
    assertThat(budget.limit()).isEqualTo(2);
    assertThat(budget.blocks())
        .containsEntry(0, new EpochBlock(2, 3))
        .containsEntry(1, new EpochBlock(5, 6));
  }

  @Test
  void aRestartThatTheAgentMadeIsPutOnRecordAndNotMadeAgain() {
    Story story = delegated(web()).ready(web(0, 1));

    story.restartedByAgent(web(0, 1), 2);

    assertThat(story.happened())
        .containsExactly("InstanceExited", "InstanceLaunched", "forget web/0#1");
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 2));
    assertThat(story.slot(0).restarts()).isEqualTo(1);
    assertThat(failures(story)).isEqualTo(1);
  }

  @Test
  void theSameReportAgainCountsNothingTwice() {
    Story story = delegated(web()).ready(web(0, 1)).restartedByAgent(web(0, 1), 2);
    ServiceState before = story.state();

    story.restartedByAgent(web(0, 1), 2);

    assertThat(story.happened()).containsExactly("forget web/0#1");
    assertThat(story.state()).isEqualTo(before);
  }

  @Test
  void restartsMadeWhileCutOffAreAllCountedInOrder() {
    Story story = delegated(web().intensity(3)).ready(web(0, 1));

    story.restartedByAgent(web(0, 1), 2).restartedByAgent(web(0, 2), 3).ready(web(0, 3));

    assertThat(story.slot(0).isReady()).isTrue();
    assertThat(story.slot(0).restarts()).isEqualTo(2);
    assertThat(failures(story)).isEqualTo(2);
  }

  @Test
  void whatComesAfterTheBudgetIsTheSupervisorsAndNoPeriodSeesMoreThanTheIntensity() {
    Story story = delegated(web().intensity(2)).ready(web(0, 1));
    story.restartedByAgent(web(0, 1), 2).restartedByAgent(web(0, 2), 3);

    story.crashes(web(0, 3));

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.BackingOff.class);
  }

  @Test
  void newsOfTheSuccessorMayComeBeforeThatOfTheEnd() {
    Story story = delegated(web()).ready(web(0, 1));

    assertThat(story.ready(web(0, 2)).happened()).isEmpty();
    story.restartedByAgent(web(0, 1), 2);

    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 2));
  }

  @Test
  void aReplacementStartsAboveEveryEpochThatWasEverGiven() {
    Story story = delegated(web().intensity(3)).ready(web(0, 1));

    story.missed(web(0, 1)).passes(Duration.ofSeconds(1));

    assertThat(story.launches()).endsWith(web(0, 5));
  }

  @Test
  void whatTheAgentMayUseAtAnyMomentIsNotGivenOutOnceMore() {
    Story story = delegated(web().intensity(3)).ready(web(0, 1));

    story.crashes(web(0, 1));

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.BackingOff.class);
  }

  @Test
  void theAgentIsToldToAskAgainWhileADependencyIsDown() {
    Story story = delegated(web().dependsOn(DB)).ready(web(0, 1)).loses(DB);

    assertThat(story.delegated())
        .hasValueSatisfying(
            budget -> {
              assertThat(budget.limit()).isEqualTo(budget.seen());
              assertThat(budget.validFor()).isZero();
            });
  }

  @Test
  void aRestartMadeBeforeThatWordArrivedIsRefunded() {
    Story story = delegated(web().dependsOn(DB)).ready(web(0, 1)).loses(DB);

    story.restartedByAgent(web(0, 1), 2);

    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 2));
    assertThat(failures(story)).isZero();
  }

  @Test
  void withTheDependencyTheBudgetComesBackAndCountsOn() {
    Story story = delegated(web().dependsOn(DB).intensity(3)).ready(web(0, 1));
    story.restartedByAgent(web(0, 1), 2).loses(DB).regains(DB);

    assertThat(story.delegated())
        .hasValueSatisfying(
            budget -> {
              assertThat(budget.seen()).isEqualTo(1);
              assertThat(budget.limit()).isEqualTo(3);
            });
  }

  @Test
  void theBudgetGrowsAgainOnceRestartsHaveLeftTheWindow() {
    Story story = delegated(web().intensity(2)).ready(web(0, 1));
    story.restartedByAgent(web(0, 1), 2).restartedByAgent(web(0, 2), 3).ready(web(0, 3));
    assertThat(story.delegated()).isEmpty();

    story.passes(PERIOD).tick();

    assertThat(story.delegated())
        .hasValueSatisfying(
            budget -> {
              assertThat(budget.limit() - budget.seen()).isEqualTo(2);
              assertThat(budget.blocks()).containsEntry(0, new EpochBlock(4, 5));
            });
  }

  @Test
  void aRestartThatCrossedTheRenewalOfItsBudgetIsTakenOverAllTheSame() {
    Story story = delegated(web().intensity(4)).ready(web(0, 1));
    story.restartedByAgent(web(0, 1), 2).restartedByAgent(web(0, 2), 3).ready(web(0, 3));
    story.passes(PERIOD).tick();
    assertThat(story.delegated().orElseThrow().blocks()).containsEntry(0, new EpochBlock(6, 9));

    story.restartedByAgent(web(0, 3), 4).ready(web(0, 4));

    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 4));
    assertThat(story.slot(0).isReady()).isTrue();
    assertThat(story.restartedByAgent(web(0, 4), 6).slot(0).tenant().map(Tenant::id))
        .hasValue(web(0, 6));
  }

  @Test
  void aRestartThatWasNotWantedAnyMoreIsStopped() {
    Story story = delegated(web()).ready(web(0, 1)).ensure(2, web().instances(0));

    story.restartedByAgent(web(0, 1), 2);

    assertThat(story.done()).contains("stop web/0#2");
  }

  @Test
  void nothingIsDelegatedWhereMoreThanOneInstanceIsConcerned() {
    assertThat(delegated(web().strategy(Strategy.ONE_FOR_ALL)).delegated()).isEmpty();
    assertThat(delegated(web().exclusive()).delegated()).isEmpty();
    assertThat(delegated(web().type(RestartType.TEMPORARY)).delegated()).isEmpty();
    assertThat(delegated(web().intensity(0)).delegated()).isEmpty();
    assertThat(Story.of(web()).delegated()).isEmpty();
  }

  @Test
  void anOldBudgetIsRenewedBeforeItExpires() {
    Story story = delegated(web()).ready(web(0, 1));

    story.passes(Delegating.VALID_FOR.dividedBy(2).plusSeconds(1)).tick();

    assertThat(story.delegated())
        .hasValueSatisfying(
            budget -> assertThat(budget.validFor()).isEqualTo(Delegating.VALID_FOR));
  }

  @Test
  void theAgentUsesEachEpochOnceAndNoneAtOrBelowTheDeadOnes() {
    OwnBudget budget = own(3, new EpochBlock(5, 9));

    OwnBudget.Use first = budget.use(web(0, 6), START).orElseThrow();
    OwnBudget.Use second = first.rest().use(first.successor(), START).orElseThrow();

    assertThat(first.successor()).isEqualTo(web(0, 7));
    assertThat(second.successor()).isEqualTo(web(0, 8));
  }

  @Test
  void theAgentAsksOnceItsRestartsItsEpochsOrItsTimeAreUsedUp() {
    assertThat(own(0, new EpochBlock(2, 9)).use(web(0, 1), START)).isEmpty();
    assertThat(own(3, new EpochBlock(2, 3)).use(web(0, 3), START)).isEmpty();
    assertThat(own(3, new EpochBlock(2, 9)).use(web(1, 1), START)).isEmpty();
    assertThat(own(3, new EpochBlock(2, 9)).use(web(0, 1), START.plusSeconds(60))).isEmpty();
  }

  @Test
  void aWordThatCrossedARestartOnItsWayGrantsNothingTwice() {
    OwnBudget used = own(2, new EpochBlock(2, 9)).use(web(0, 1), START).orElseThrow().rest();

    OwnBudget renewed = used.renewed(word(1, 0, 2, new EpochBlock(2, 9)), START);

    assertThat(renewed.uses()).isEqualTo(1);
    assertThat(renewed.use(web(0, 2), START).orElseThrow().successor()).isEqualTo(web(0, 3));
    assertThat(renewed.use(web(0, 2), START).orElseThrow().rest().use(web(0, 3), START)).isEmpty();
  }

  @Test
  void anAgentGoesOnInTheBlockItHasBegunAndTakesOverANewOne() {
    EpochBlock begun = new EpochBlock(2, 9);
    OwnBudget used = own(5, begun).use(web(0, 1), START).orElseThrow().rest();

    assertThat(used.renewed(word(1, 0, 5, begun), START).blocks())
        .containsEntry(0, new EpochBlock(3, 9));
    assertThat(used.renewed(word(1, 0, 5, new EpochBlock(20, 24)), START).blocks())
        .containsEntry(0, new EpochBlock(20, 24));
    assertThat(used.renewed(word(1, 1, 5, new EpochBlock(5, 9)), START).blocks())
        .containsEntry(0, new EpochBlock(5, 9));
  }

  @Test
  void aBudgetOfWhichMoreThanHalfIsLeftIsNotRenewed() {
    Story story = delegated(web().intensity(5)).ready(web(0, 1));

    assertThat(story.restartedByAgent(web(0, 1), 2).ready(web(0, 2)).delegated()).isEmpty();
  }

  @Test
  void noAgentIsHandedMoreThanTheMost() {
    Budget budget = delegated(web().intensity(100_000)).delegated().orElseThrow();

    assertThat(budget.limit()).isEqualTo(Delegating.MOST);
    assertThat(budget.blocks()).containsEntry(0, new EpochBlock(2, 1 + Delegating.MOST));
  }

  @Test
  void theClauseOfARestartByTheAgentCountsIt() {
    Story story = delegated(web().intensity(3)).ready(web(0, 1));
    story.restartedByAgent(web(0, 1), 2).restartedByAgent(web(0, 2), 3);

    assertThat(story.active().incidents().all().getFirst().deeds())
        .extracting(Deed::because)
        .contains(
            "restart.intensity: 1 of 3, by the agent of node a within its budget",
            "restart.intensity: 2 of 3, by the agent of node a within its budget");
  }

  @Test
  void aRestartByTheAgentIsTakenFromTheStormBudget() {
    Story story = delegated(web()).ready(web(0, 1)).restartedByAgent(web(0, 1), 2);

    assertThat(story.effects()).contains(new ServiceEffect.SpendRestart());
  }

  @Test
  void aStandbyIsPromotedWhileTheAgentRestartsTheActive() {
    Story story = delegated(web().standby(1)).ready(web(0, 1)).ready(web(1, 5));

    story.restartedByAgent(web(0, 1), 2);

    assertThat(story.slot(1).role()).isEqualTo(Role.ACTIVE);
    assertThat(story.slot(0).role()).isEqualTo(Role.STANDBY);
    assertThat(story.slot(0).tenant().map(Tenant::id)).hasValue(web(0, 2));
  }

  @Test
  void aSuccessorThatNobodyWasGivenIsNotTakenOver() {
    Story story = delegated(web()).ready(web(0, 1));

    story.restartedByAgent(web(0, 1), 99);

    assertThat(story.slot(0).tenant().map(Tenant::id)).isNotEqualTo(Optional.of(web(0, 99)));
    assertThat(story.done()).doesNotContain("stop web/0#99");
  }

  @Test
  void aNewSeriesCountsFromWhatTheSupervisorHasSeen() {
    OwnBudget used = own(9, new EpochBlock(2, 9)).use(web(0, 1), START).orElseThrow().rest();

    assertThat(used.renewed(word(7, 0, 2, new EpochBlock(20, 21)), START).uses()).isZero();
    assertThat(OwnBudget.of(word(7, 4, 6, new EpochBlock(20, 21)), START).uses()).isEqualTo(4);
  }

  private static Story delegated(WebSpec spec) {
    return Story.blank().autonomous(NODE_A, NODE_B).ensure(1, spec);
  }

  private static OwnBudget own(long limit, EpochBlock block) {
    return OwnBudget.of(word(1, 0, limit, block), START);
  }

  private static Budget word(long series, long seen, long limit, EpochBlock block) {
    TreeMap<Integer, EpochBlock> blocks = new TreeMap<>();
    blocks.put(0, block);
    return new Budget(WEB, series, seen, limit, blocks, Duration.ofSeconds(60));
  }

  private static int failures(Story story) {
    return story.active().budgets().ladder(NODE_A).failures().moments().size();
  }
}
