package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.crash;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static io.holdfast.core.supervision.Family.CACHE;
import static io.holdfast.core.supervision.Family.DB;
import static io.holdfast.core.supervision.Family.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where Holdfast means what OTP means: each test is a sentence of OTP's documentation of the module
 * {@code supervisor}, or of its design principles, said of processes of the operating system.
 *
 * <p>Where it means something else, the last three tests say so.
 */
final class OtpConformanceTest {

  /** Restart type x how the child ended: is it restarted? */
  @ParameterizedTest(name = "a {0} child that ends by {1} is restarted: {2}")
  @CsvSource({
    "PERMANENT, normal,   true",
    "PERMANENT, abnormal, true",
    "TRANSIENT, normal,   false",
    "TRANSIENT, abnormal, true",
    "TEMPORARY, normal,   false",
    "TEMPORARY, abnormal, false",
  })
  void restartTypes(RestartType type, String reason, boolean restarted) {
    Exit exit = reason.equals("normal") ? success() : crash();

    Story story = Story.ready(web().type(type)).exits(web(0, 1), exit);

    assertThat(story.launches().size() == 2).isEqualTo(restarted);
  }

  /** Strategy x failed child: which children end and start again, in which order? */
  @ParameterizedTest(name = "{0}, {1} fails: {2} end, {3} start")
  @CsvSource(
      delimiter = '|',
      value = {
        "ONE_FOR_ONE  | db    | db            | db",
        "ONE_FOR_ONE  | web   | web           | web",
        "ONE_FOR_ALL  | db    | web cache db  | db cache web",
        "ONE_FOR_ALL  | web   | web cache db  | db cache web",
        "REST_FOR_ONE | db    | web cache db  | db cache web",
        "REST_FOR_ONE | cache | web cache     | cache web",
        "REST_FOR_ONE | web   | web           | web",
      })
  void strategiesAmongAGroupsChildren(Strategy strategy, String failed, String end, String start) {
    Family family = Family.of(strategy, 5).escalates(Family.service(failed), 7);

    List<String> halted = new ArrayList<>();
    List<String> begun = new ArrayList<>();
    while (family.active().cascade().isPresent()) {
      Cascade cascade = family.active().cascade().orElseThrow();
      Child child = cascade.present().orElseThrow();
      (cascade.isHalting() ? halted : begun).add(child.title());
      family.obeyed(child);
    }

    assertThat(String.join(" ", halted)).isEqualTo(end);
    assertThat(String.join(" ", begun)).isEqualTo(start);
  }

  /** The same strategies, among the slots of one service. */
  @ParameterizedTest(name = "{0}, slot {1} of three fails: slots {2} start again")
  @CsvSource({
    "ONE_FOR_ONE,  1, 1",
    "ONE_FOR_ALL,  1, 0 1 2",
    "REST_FOR_ONE, 0, 0 1 2",
    "REST_FOR_ONE, 1, 1 2",
    "REST_FOR_ONE, 2, 2",
  })
  void strategiesAmongAServicesSlots(Strategy strategy, int failed, String started) {
    Story story = Story.of(web().instances(3).strategy(strategy));
    settle(story);

    story.crashes(story.slot(failed).tenant().orElseThrow().id());
    settle(story);

    TreeSet<Integer> again = new TreeSet<>();
    story.launches().stream().skip(3).forEach(instance -> again.add(instance.slot()));
    assertThat(String.join(" ", again.stream().map(String::valueOf).toList())).isEqualTo(started);
  }

  @Test
  void childrenAreStartedFromLeftToRight() {
    Family family = Family.blank().ensure(1, Strategy.ONE_FOR_ONE, 1, DB, CACHE, WEB);

    assertThat(family.done()).containsExactly("begin db");
    assertThat(family.obeyed(DB).done()).containsExactly("begin cache");
    assertThat(family.obeyed(CACHE).done()).containsExactly("begin web");
  }

  @Test
  void ifMoreThanIntensityRestartsOccurWithinPeriodTheSupervisorGivesUp() {
    Family family = Family.of(Strategy.ONE_FOR_ONE, 2);

    restartedBy(family, 1);
    restartedBy(family, 2);

    assertThat(family.escalates(CACHE, 3).happened()).contains("ChildGivenUp");
  }

  @Test
  void restartsThatArePeriodApartNeverAddUp() {
    Family family = Family.of(Strategy.ONE_FOR_ONE, 1);

    for (int failure = 1; failure <= 20; failure++) {
      restartedBy(family, failure);
      family.passes(Duration.ofMinutes(5));
    }

    assertThat(family.active().restarts().moments()).hasSize(1);
  }

  @Test
  void oneForAllAndRestForOneCountAsOneRestartHoweverManyChildrenTheyConcern() {
    Family family = Family.of(Strategy.ONE_FOR_ALL, 1);

    restartedBy(family, 1);

    assertThat(family.active().restarts().moments()).hasSize(1);
  }

  @Test
  void aSupervisorThatGivesUpIsRestartedByItsOwnSupervisorWithAFreshCount() {
    Family family =
        Family.blank().in(MALL).ensure(1, Strategy.ONE_FOR_ONE, 1, DB, CACHE, WEB).allUp();
    restartedBy(family, 1);
    family.escalates(CACHE, 2);
    assertThat(family.report().escalation()).isPresent();

    family.tell(new GroupInput.HaltOrdered(MALL, 9, "mall restarts")).allUp();
    family.tell(new GroupInput.BeginOrdered(MALL, 9)).allUp();

    assertThat(family.active().restarts()).isEqualTo(Window.EMPTY);
    assertThat(family.escalates(CACHE, 3).happened()).contains("ChildFailed");
  }

  @Test
  void aChildThatIsRestartedBecauseOfASiblingHasNotFailedItself() {
    Story story = Story.of(web().instances(2).strategy(Strategy.ONE_FOR_ALL).intensity(1));
    settle(story);
    story.crashes(web(0, 1));
    settle(story);

    assertThat(story.slot(1).restarts()).isZero();
    assertThat(story.slot(0).restarts()).isEqualTo(1);
  }

  @Test
  void aChildThatWasToldToEndIsNotRestartedForIt() {
    Story story = Story.ready(web()).ensure(2, web().instances(0)).drained(web(0, 1));

    story.exits(web(0, 1), end(ExitCause.REQUESTED));

    assertThat(story.launches()).hasSize(1);
  }

  @Test
  void unlikeInOtpAWaitComesBetweenIntensityAndGivingUp() {
    Story story = Story.ready(web().intensity(1)).crashes(web(0, 1)).crashes(web(0, 2));

    assertThat(story.slot(0).occupancy()).isInstanceOf(Occupancy.BackingOff.class);
  }

  @Test
  void unlikeInOtpATopSupervisorThatGivesUpTakesNobodyDownAndTriesAgainLater() {
    Family family = Family.of(Strategy.ONE_FOR_ALL, 0).escalates(CACHE, 1);
    assertThat(family.done()).containsExactly("hold cache for cache/0#1");

    Story story = Story.blank().in(SHOP).ensure(1, web().intensity(0)).begin(SHOP, 1);
    story.crashes(web(0, 1)).hold(SHOP, web(0, 1)).passes(io.holdfast.core.fixture.WebSpec.HOLD);
    assertThat(story.done()).contains("launch web/0#2");
  }

  @Test
  void unlikeInOtpAFailureWhileADependencyIsDownIsNoRestart() {
    Story story =
        Story.ready(web().dependsOn(io.holdfast.core.fixture.Palette.DB))
            .loses(io.holdfast.core.fixture.Palette.DB);

    story.crashes(web(0, 1));

    assertThat(story.active().budgets()).isEqualTo(Budgets.FULL);
  }

  private static void restartedBy(Family family, long epoch) {
    family.escalates(CACHE, epoch).allUp();
  }

  /** Everybody does what is wanted, until every slot is ready and nothing is leaving. */
  private static void settle(Story story) {
    for (Optional<Runnable> step = next(story); step.isPresent(); step = next(story)) {
      step.get().run();
    }
  }

  private static Optional<Runnable> next(Story story) {
    Optional<Outgoing> leaving =
        story.active().outgoing().values().stream().reduce((first, second) -> second);
    if (leaving.isPresent()) {
      Tenant tenant = leaving.get().tenant();
      return Optional.of(
          () -> story.drained(tenant.id()).exits(tenant.id(), end(ExitCause.REQUESTED)));
    }
    return story.active().slots().values().stream()
        .flatMap(slot -> slot.tenant().stream())
        .filter(tenant -> !tenant.isReady())
        .findFirst()
        .map(tenant -> () -> story.ready(tenant.id()));
  }
}
