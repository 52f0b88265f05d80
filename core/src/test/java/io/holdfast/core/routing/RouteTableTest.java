package io.holdfast.core.routing;

import static io.holdfast.core.fixture.Palette.CACHE;
import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.WEB;
import static io.holdfast.core.fixture.Palette.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.RoutingPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hub's table: what is dead never comes back, whatever order the news arrives in. */
final class RouteTableTest {

  private static final RouteTable EMPTY = RouteTable.empty("hub-1");

  @Test
  void anEmptyTableIsAtVersionZero() {
    assertThat(EMPTY.view()).isEqualTo(RoutingView.empty("hub-1"));
  }

  @Test
  void aPublishedRouteIsShownAtTheNextVersion() {
    RouteTable table = EMPTY.published(route(web(0, 1), web(1, 2)), 1);

    assertThat(shown(table)).containsExactly(web(0, 1), web(1, 2));
    assertThat(table.view().version()).isEqualTo(1);
  }

  @Test
  void theSameRouteAgainIsNoNewVersion() {
    RouteTable table = EMPTY.published(route(web(0, 1)), 1).published(route(web(0, 1)), 2);

    assertThat(table.view().version()).isEqualTo(1);
  }

  @Test
  void aPublicationThatIsOvertakenIsIgnored() {
    RouteTable table = EMPTY.published(route(web(0, 2)), 5);

    assertThat(table.published(route(web(0, 1)), 4)).isEqualTo(table);
    assertThat(table.published(route(web(0, 1)), 5)).isEqualTo(table);
    assertThat(table.withdrawn(WEB, 5)).isEqualTo(table);
  }

  @Test
  void aDeathIsOutOfTheViewAtOnce() {
    RouteTable table = EMPTY.published(route(web(0, 1), web(1, 2)), 1).died(web(0, 1));

    assertThat(shown(table)).containsExactly(web(1, 2));
    assertThat(table.view().version()).isEqualTo(2);
  }

  @Test
  void aDeathThatIsToldAgainChangesNothing() {
    RouteTable table = EMPTY.published(route(web(0, 1)), 1).died(web(0, 1));

    assertThat(table.died(web(0, 1))).isEqualTo(table);
  }

  @Test
  void aServiceThatHasNotHeardOfTheDeathDoesNotBringItBack() {
    RouteTable table = EMPTY.published(route(web(0, 1)), 1).died(web(0, 1));

    assertThat(shown(table.published(route(web(0, 1), web(1, 2)), 2))).containsExactly(web(1, 2));
  }

  @Test
  void aDeathThatOvertakesTheFirstRouteWithTheInstanceKeepsItOut() {
    RouteTable table = EMPTY.died(web(0, 1));
    assertThat(table.view()).isEqualTo(EMPTY.view());

    assertThat(shown(table.published(route(web(0, 1)), 1))).isEmpty();
  }

  @Test
  void anInstanceThatWasUnreadyForAMomentBeforeItsDeathStaysDead() {
    RouteTable table = EMPTY.published(route(web(0, 1)), 1).died(web(0, 1));

    table = table.published(route(), 2).published(route(web(0, 1)), 3);

    assertThat(shown(table)).isEmpty();
  }

  @Test
  void theNextEpochInTheSameSlotIsAnotherInstance() {
    RouteTable table = EMPTY.published(route(web(0, 1)), 1).died(web(0, 1));

    assertThat(shown(table.published(route(web(0, 2)), 2))).containsExactly(web(0, 2));
  }

  @Test
  void whatIsRememberedOfTheDeadIsBounded() {
    RouteTable table = EMPTY;
    for (int epoch = 1; epoch <= 10_000; epoch++) {
      table = table.died(web(0, epoch));
    }

    assertThat(table.allDead())
        .hasSize(RouteTable.MOST_PAST)
        .contains(web(0, 10_000))
        .doesNotContain(web(0, 1));
  }

  @Test
  void theDeadThatAServiceStillShowsAreAllHeldBack() {
    List<InstanceId> many =
        Stream.iterate(1, epoch -> epoch <= 500, epoch -> epoch + 1)
            .map(epoch -> web(epoch, epoch))
            .toList();
    RouteTable table = EMPTY.published(route(many), 1);
    for (InstanceId instance : many) {
      table = table.died(instance);
    }

    assertThat(shown(table.published(route(many), 2))).isEmpty();
  }

  @Test
  void aWithdrawnServiceIsGoneAndItsDeadStayDeadWhenItComesBack() {
    RouteTable table = EMPTY.published(route(web(0, 1), web(1, 2)), 1).died(web(0, 1));

    table = table.withdrawn(WEB, 2);
    assertThat(table.view().services()).isEmpty();
    assertThat(table.view().version()).isEqualTo(3);

    assertThat(shown(table.published(route(web(0, 1), web(1, 2)), 3))).containsExactly(web(1, 2));
  }

  @Test
  void aServiceThatIsUnknownIsWithdrawnWithoutAVersion() {
    assertThat(EMPTY.withdrawn(WEB, 1).view()).isEqualTo(EMPTY.view());
  }

  @Test
  void aReadyStandbyIsShownInPlaceOfTheDeadAtTheSameVersion() {
    RouteTable table = EMPTY.published(route(List.of(web(0, 1)), List.of(web(1, 2))), 1);
    assertThat(shown(table)).containsExactly(web(0, 1));

    table = table.died(web(0, 1));

    assertThat(shown(table)).containsExactly(web(1, 2));
    assertThat(table.view().version()).isEqualTo(2);
  }

  @Test
  void theServiceThatThenRecordsThePromotionChangesNothing() {
    RouteTable table =
        EMPTY.published(route(List.of(web(0, 1)), List.of(web(1, 2))), 1).died(web(0, 1));

    assertThat(table.published(route(web(1, 2)), 2).view()).isEqualTo(table.view());
  }

  @Test
  void aServiceThatDecidesOtherwiseIsFollowed() {
    RouteTable table =
        EMPTY
            .published(route(List.of(web(0, 1)), List.of(web(1, 2), web(2, 3))), 1)
            .died(web(0, 1));

    assertThat(shown(table.published(route(web(2, 3)), 2))).containsExactly(web(2, 3));
  }

  @Test
  void aServiceThatHasNotHeardOfTheDeathKeepsTheStandbyInItsPlace() {
    RouteTable table =
        EMPTY.published(route(List.of(web(0, 1)), List.of(web(1, 2))), 1).died(web(0, 1));

    assertThat(table.published(route(List.of(web(0, 1)), List.of(web(1, 2))), 2).view())
        .isEqualTo(table.view());
  }

  @Test
  void standbysTakeOverInTheirOrderAndTheDeadAmongThemNever() {
    RouteTable table =
        EMPTY.published(
            route(List.of(web(0, 1), web(1, 2)), List.of(web(2, 3), web(3, 4), web(4, 5))), 1);

    table = table.died(web(2, 3));
    assertThat(shown(table)).containsExactly(web(0, 1), web(1, 2));
    table = table.died(web(1, 2));
    assertThat(shown(table)).containsExactly(web(0, 1), web(3, 4));
    table = table.died(web(3, 4));
    assertThat(shown(table)).containsExactly(web(0, 1), web(4, 5));
  }

  @Test
  void nobodyTakesThePlaceOfOneThatWasLeavingAnyway() {
    Endpoint leaving = endpoint(web(0, 1)).with(EndpointState.DRAINING);
    Offer offer = new Offer(routeOf(List.of(leaving)), endpoints(List.of(web(1, 2))));

    assertThat(shown(EMPTY.published(offer, 1).died(web(0, 1)))).isEmpty();
  }

  @Test
  void theOrderOfDeathsAndPublicationsDoesNotMatter() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = Random.from(new SplittableRandom(seed));
      List<UnaryOperator<RouteTable>> news = new ArrayList<>();
      Offer last = some(random, 2);
      news.add(table -> table.published(last, 2));
      news.add(table -> table.published(some(new Random(1), 1), 1));
      for (InstanceId instance : some(random)) {
        news.add(table -> table.died(instance));
      }
      Set<InstanceId> expected = new HashSet<>(shown(apply(EMPTY, news)));

      Collections.shuffle(news, random);

      assertThat(shown(apply(EMPTY, news)))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void versionsRiseByOneWithEveryChangeAndNothingDeadReappears() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = Random.from(new SplittableRandom(seed));
      Set<InstanceId> dead = new HashSet<>();
      RouteTable table = EMPTY;
      for (int step = 0; step < 40; step++) {
        RouteTable next = step(table, random, step, dead);
        boolean changed = !next.view().services().equals(table.view().services());
        assertThat(next.view().version())
            .as("seed %d", seed)
            .isEqualTo(table.view().version() + (changed ? 1 : 0));
        assertThat(shown(next)).as("seed %d", seed).noneMatch(dead::contains);
        table = next;
      }
    }
  }

  private static RouteTable step(RouteTable table, Random random, int step, Set<InstanceId> dead) {
    return switch (random.nextInt(6)) {
      case 0 -> table.withdrawn(random.nextBoolean() ? WEB : CACHE, step - random.nextInt(3));
      case 1, 2 -> {
        InstanceId instance = web(random.nextInt(4), 1 + random.nextInt(6));
        dead.add(instance);
        yield table.died(instance);
      }
      default -> table.published(some(random, 2), step - random.nextInt(3));
    };
  }

  private static RouteTable apply(RouteTable table, List<UnaryOperator<RouteTable>> news) {
    RouteTable next = table;
    for (UnaryOperator<RouteTable> item : news) {
      next = item.apply(next);
    }
    return next;
  }

  /** Some in the route, and some of the others beside it. */
  private static Offer some(Random random, int standbys) {
    List<InstanceId> active = some(random);
    List<InstanceId> others = some(random).stream().filter(id -> !active.contains(id)).toList();
    return route(active, others.subList(0, Math.min(standbys, others.size())));
  }

  private static List<InstanceId> some(Random random) {
    List<InstanceId> some = new ArrayList<>();
    for (int slot = 0; slot < 4; slot++) {
      for (int epoch = 1; epoch <= 6; epoch++) {
        if (random.nextInt(4) == 0) {
          some.add(web(slot, epoch));
        }
      }
    }
    return some;
  }

  private static Offer route(InstanceId... instances) {
    return route(List.of(instances));
  }

  private static Offer route(List<InstanceId> instances) {
    return Offer.of(routeOf(endpoints(instances)));
  }

  private static Offer route(List<InstanceId> instances, List<InstanceId> standbys) {
    return new Offer(routeOf(endpoints(instances)), endpoints(standbys));
  }

  private static ServiceRoute routeOf(List<Endpoint> endpoints) {
    return ServiceRoute.of(WEB, RoutingPolicy.DEFAULT, endpoints);
  }

  private static List<Endpoint> endpoints(List<InstanceId> instances) {
    return instances.stream().map(RouteTableTest::endpoint).toList();
  }

  private static Endpoint endpoint(InstanceId instance) {
    return new Endpoint(instance, NODE_A, "10.0.0.1", 80, EndpointState.OK, 100, "", Instant.EPOCH);
  }

  private static Set<InstanceId> shown(RouteTable table) {
    return table.view().services().getOrDefault(WEB, routeOf(List.of())).endpoints().keySet();
  }
}
