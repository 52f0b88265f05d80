package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.spec.Strategy.ONE_FOR_ALL;
import static io.holdfast.core.spec.Strategy.ONE_FOR_ONE;
import static io.holdfast.core.spec.Strategy.REST_FOR_ONE;
import static io.holdfast.core.supervision.Family.CACHE;
import static io.holdfast.core.supervision.Family.DB;
import static io.holdfast.core.supervision.Family.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.supervision.ChildReport.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who goes down and comes up with whom, in which order, how often, and what then. */
final class GroupTest {

  @Test
  void childrenAreBegunInOrderOneAfterTheOther() {
    Family family = Family.blank().ensure(1, ONE_FOR_ONE, 3, DB, CACHE, WEB);
    assertThat(family.done()).containsExactly("begin db");

    assertThat(family.obeyed(DB).done()).containsExactly("begin cache");
    assertThat(family.obeyed(CACHE).done()).containsExactly("begin web");
    assertThat(family.obeyed(WEB).happened()).containsExactly("CascadeStepped", "CascadeEnded");
  }

  @Test
  void inRestForOneTheFailedChildAndTheLaterOnesGoDownInReverseAndComeUpInOrder() {
    Family family = Family.of(REST_FOR_ONE, 3).escalates(CACHE, 7);

    assertThat(orders(family))
        .containsExactly("halt web", "halt cache", "begin cache", "begin web");
  }

  @Test
  void inOneForAllEveryChildGoesDownAndComesUp() {
    Family family = Family.of(ONE_FOR_ALL, 3).escalates(CACHE, 7);

    assertThat(orders(family))
        .containsExactly(
            "halt web", "halt cache", "halt db", "begin db", "begin cache", "begin web");
  }

  @Test
  void inOneForOneOnlyTheFailedChildIsRestartedAfresh() {
    assertThat(orders(Family.of(ONE_FOR_ONE, 3).escalates(CACHE, 7)))
        .containsExactly("halt cache", "begin cache");
  }

  @Test
  void anOrderIsGivenAgainUntilItIsObeyed() {
    Family family = Family.of(REST_FOR_ONE, 3).escalates(CACHE, 7);

    assertThat(family.tick().happened()).containsExactly("halt web");
    assertThat(family.tick().happened()).containsExactly("halt web");
  }

  @Test
  void aReportThatChangesNothingIsNotAnsweredLestItBeAnsweredInTurn() {
    Family family = Family.blank().ensure(1, ONE_FOR_ONE, 3, DB, CACHE);

    family.reported(DB, 1, Stage.COMING_UP);

    assertThat(family.happened()).isEmpty();
  }

  @Test
  void aReportFromBeforeTheOrderDoesNotCountAsObeying() {
    Family family = Family.of(REST_FOR_ONE, 3).escalates(CACHE, 7);

    family.reported(WEB, 1, Stage.DOWN);

    assertThat(family.happened()).isEmpty();
    assertThat(family.tick().happened()).containsExactly("halt web");
  }

  @Test
  void theSameEscalationAgainRestartsNothingTwice() {
    Family family = Family.of(REST_FOR_ONE, 3).escalates(CACHE, 7);
    GroupState before = family.state();

    assertThat(family.escalates(CACHE, 7).happened()).isEmpty();
    assertThat(family.state()).isEqualTo(before);
  }

  @Test
  void aChildThatIsOnItsWayDownAnywayIsNotCountedAgain() {
    Family family = Family.of(ONE_FOR_ALL, 3).escalates(CACHE, 7).escalates(DB, 9);

    assertThat(family.active().restarts().moments()).hasSize(1);
  }

  @Test
  void aChildThatFailsAgainWhileItComesUpIsRestartedWithThoseStillOnTheWay() {
    Family family = Family.of(REST_FOR_ONE, 3).escalates(CACHE, 7);
    family.obeyed(WEB).obeyed(CACHE);
    assertThat(family.done()).containsExactly("begin cache");

    family.escalates(CACHE, 8);

    assertThat(family.active().restarts().moments()).hasSize(2);
    assertThat(orders(family))
        .containsExactly("halt web", "halt cache", "begin cache", "begin web");
  }

  @Test
  void pastTheIntensityTheChildIsHeldAndItsSiblingsGoOn() {
    Family family = Family.of(ONE_FOR_ALL, 1).escalates(CACHE, 7);
    orders(family);

    family.escalates(CACHE, 8);

    assertThat(family.happened()).containsExactly("ChildGivenUp", "hold cache for cache/0#8");
    assertThat(family.active().cascade()).isEmpty();
  }

  @Test
  void theWordThatAChildIsToBeHeldIsSaidAgainWhileItAsks() {
    Family family = Family.of(ONE_FOR_ALL, 0).escalates(CACHE, 7);

    assertThat(family.escalates(CACHE, 7).happened()).containsExactly("hold cache for cache/0#7");
  }

  @Test
  void restartsOlderThanThePeriodDoNotCount() {
    Family family = Family.of(ONE_FOR_ONE, 1).escalates(CACHE, 7);
    orders(family);

    family.passes(Duration.ofMinutes(5)).escalates(CACHE, 8);

    assertThat(family.happened()).contains("ChildFailed");
  }

  @Test
  void withAGroupOfItsOwnThatOneIsAskedWhenTheBudgetIsSpent() {
    Family family = Family.blank().in(MALL).ensure(1, ONE_FOR_ONE, 0, DB, CACHE, WEB).allUp();

    family.escalates(CACHE, 7);

    assertThat(family.happened()).containsExactly("Escalated");
    assertThat(family.report().escalation())
        .hasValue(new Escalation("cache/0#7", "exited with code 1"));
  }

  @Test
  void aWordFromAboveThatNothingCanBeDoneIsPassedDown() {
    Family family = Family.blank().in(MALL).ensure(1, ONE_FOR_ONE, 0, DB, CACHE, WEB).allUp();
    family.escalates(CACHE, 7);

    family.tell(new GroupInput.HoldOrdered(MALL, "cache/0#7", "all is spent"));

    assertThat(family.happened()).containsExactly("ChildGivenUp", "hold cache for cache/0#7");
    assertThat(family.report().escalation()).isEmpty();
  }

  @Test
  void haltedFromAboveItHaltsItsChildrenInReverseAndIsDownWhenTheyAre() {
    Family family = Family.blank().in(MALL).ensure(1, ONE_FOR_ONE, 3, DB, CACHE, WEB).allUp();

    family.tell(new GroupInput.HaltOrdered(MALL, 4, "mall restarts"));
    assertThat(family.report().stage()).isEqualTo(Stage.GOING_DOWN);
    assertThat(orders(family)).containsExactly("halt web", "halt cache", "halt db");

    assertThat(family.report())
        .isEqualTo(
            new ChildReport(4, Stage.DOWN, ChildReport.Condition.WELL, java.util.Optional.empty()));
  }

  @Test
  void begunFromAboveItBeginsItsChildrenInOrderWithAFullBudget() {
    Family family = Family.blank().in(MALL).ensure(1, ONE_FOR_ONE, 1, DB, CACHE, WEB).allUp();
    family.escalates(CACHE, 7);
    orders(family);
    family.tell(new GroupInput.HaltOrdered(MALL, 4, "mall restarts"));
    orders(family);

    family.tell(new GroupInput.BeginOrdered(MALL, 4));

    assertThat(orders(family)).containsExactly("begin db", "begin cache", "begin web");
    assertThat(family.active().restarts().moments()).isEmpty();
  }

  @Test
  void whileItIsHaltedNobodyIsRestarted() {
    Family family = Family.blank().in(MALL).ensure(1, ONE_FOR_ONE, 3, DB, CACHE, WEB).allUp();
    family.tell(new GroupInput.HaltOrdered(MALL, 4, "mall restarts"));

    assertThat(family.escalates(CACHE, 7).happened()).doesNotContain("ChildFailed");
  }

  @Test
  void anOrderOfAnotherGroupOrAnEarlierOneChangesNothing() {
    Family family = Family.blank().in(MALL).ensure(1, ONE_FOR_ONE, 3, DB, CACHE, WEB).allUp();
    family.tell(new GroupInput.BeginOrdered(MALL, 4));

    assertThat(family.tell(new GroupInput.HaltOrdered(SHOP, 9, "")).happened()).isEmpty();
    assertThat(family.tell(new GroupInput.HaltOrdered(MALL, 4, "")).happened()).isEmpty();
    assertThat(family.tell(new GroupInput.HaltOrdered(MALL, 3, "")).happened()).isEmpty();
  }

  @Test
  void aChildThatDoesNotGoDownIsNotWaitedForForEver() {
    Family family = Family.of(REST_FOR_ONE, 3).escalates(CACHE, 7);

    family.passes(Group.HALT_DEADLINE.minusMillis(1)).tick();
    assertThat(family.done()).containsExactly("halt web");
    family.passes(Duration.ofMillis(1)).tick();

    assertThat(family.happened()).containsExactly("CascadeStepSkipped", "halt cache");
  }

  @Test
  void aChildThatDoesNotComeUpIsNotWaitedForForEver() {
    Family family = Family.of(REST_FOR_ONE, 3).escalates(CACHE, 7).obeyed(WEB).obeyed(CACHE);

    family.passes(Group.BEGIN_DEADLINE).tick();

    assertThat(family.happened()).containsExactly("CascadeStepSkipped", "begin web");
  }

  @Test
  void aNewChildIsBegunAfterTheOthers() {
    Family family = Family.of(ONE_FOR_ONE, 3);

    family.ensure(2, ONE_FOR_ONE, 3, DB, CACHE, WEB, Family.service("mail"));

    assertThat(orders(family))
        .containsExactly("begin db", "begin cache", "begin web", "begin mail");
  }

  @Test
  void aChildThatLeavesTheGroupIsNotWaitedFor() {
    Family family = Family.of(ONE_FOR_ALL, 3).escalates(CACHE, 7);

    family.ensure(2, ONE_FOR_ALL, 3, DB, CACHE);

    assertThat(family.happened()).contains("SpecAccepted", "CascadeBegan");
    assertThat(orders(family)).containsExactly("begin db", "begin cache");
  }

  @Test
  void aRemovedGroupDoesNothingAndItsOrdersGoOnWhenItComesBack() {
    Family family = Family.of(ONE_FOR_ALL, 3);
    long before = family.active().lastOrder();
    family.tell(new GroupInput.Removed(2));
    assertThat(family.tick().happened()).isEmpty();

    family.ensure(3, ONE_FOR_ALL, 3, DB);

    assertThat(family.active().lastOrder()).isGreaterThan(before);
  }

  @Test
  void replayingTheRecordGivesTheState() {
    Family family = Family.blank();
    GroupState replayed = new GroupState.Blank();
    for (GroupEvent event : GroupLaws.recorded(family)) {
      replayed = replayed.after(event);
    }

    assertThat(replayed).isEqualTo(family.state());
  }

  /** What children are told from here on, when each obeys at once. */
  private static List<String> orders(Family family) {
    List<String> orders = new ArrayList<>(family.done());
    while (family.active().cascade().isPresent()) {
      family.obeyed(family.active().cascade().orElseThrow().present().orElseThrow());
      orders.addAll(family.done());
    }
    return orders;
  }
}
