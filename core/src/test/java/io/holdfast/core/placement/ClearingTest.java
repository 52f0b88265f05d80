package io.holdfast.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Clearing.Effect;
import io.holdfast.core.placement.Clearing.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClearingTest {

  private static final Instant ORDERED = Instant.parse("2026-11-01T00:00:00Z");
  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName DB = new ServiceName("db");

  private Drain drain = Drain.ordered(ORDERED);
  private Clearing clearing = Clearing.begun(ORDERED, ORDERED);

  @Test
  void aNodeIsEmptyOnceNothingHasBeenThereForAWhile() {
    assertThat(look(1, heard())).isEmpty();
    assertThat(look(3, heard())).isEmpty();
    assertThat(look(4, heard())).containsExactly(new Effect.Finish());
  }

  @Test
  void whatAppearsMeanwhileBeginsTheWhileAnew() {
    look(1, heard());
    look(3, heard(), WEB);
    assertThat(look(5, heard())).isEmpty();
    assertThat(look(8, heard())).containsExactly(new Effect.Finish());
  }

  @Test
  void thatItIsEmptyIsSaidUntilItIsOnRecordAndThenNoMore() {
    look(1, heard());
    assertThat(look(4, heard())).containsExactly(new Effect.Finish());
    assertThat(look(5, heard())).containsExactly(new Effect.Finish());
    drain = drain.finished();
    assertThat(look(6, heard())).isEmpty();
  }

  @Test
  void aNodeIsNotEmptyWhileItsAgentIsNotHeard() {
    look(1, unheard());
    assertThat(look(60, unheard())).isEmpty();
  }

  @Test
  void aNodeIsNotEmptyBeforeServicesHaveSaidWhatTheyHaveThere() {
    clearing = Clearing.begun(ORDERED, ORDERED.plusSeconds(15));
    look(1, heard());
    look(14, heard());
    assertThat(look(15, heard())).isEmpty();
    assertThat(look(18, heard())).containsExactly(new Effect.Finish());
  }

  @Test
  void aDrainThatTakesFiveMinutesRaisesAnAlarmThatNamesWhatIsLeft() {
    assertThat(look(299, heard(web(0, 1)), WEB, DB)).isEmpty();
    assertThat(look(300, heard(web(0, 1)), WEB, DB))
        .containsExactly(
            new Effect.Alarm(
                "its drain was ordered 5 minutes ago, and still there: web/0#1, a place of db"));
  }

  @Test
  void theAlarmIsRaisedAgainEveryFiveMinutes() {
    look(300, heard(web(0, 1)));
    assertThat(look(301, heard(web(0, 1)))).isEmpty();
    assertThat(look(599, heard(web(0, 1)))).isEmpty();
    assertThat(look(601, heard(web(0, 1)))).hasSize(1);
  }

  @Test
  void whoeverBeginsToLookLaterRaisesNoAlarmTwice() {
    clearing = Clearing.begun(ORDERED.plusSeconds(310), ORDERED.plusSeconds(310));
    assertThat(look(311, heard(web(0, 1)))).isEmpty();
    assertThat(look(600, heard(web(0, 1)))).hasSize(1);
  }

  @Test
  void anAlarmSaysThatNobodyKnowsWhatIsLeft() {
    assertThat(look(300, unheard()))
        .containsExactly(
            new Effect.Alarm(
                "its drain was ordered 5 minutes ago, and its agent is not heard, so nobody knows"
                    + " what is left there"));
  }

  @Test
  void anAlarmNamesEightAndCountsTheRest() {
    InstanceId[] many = IntStream.range(0, 10).mapToObj(i -> web(i, 1)).toArray(InstanceId[]::new);

    assertThat(look(300, heard(many)).toString()).contains("web/7#1 and 2 more");
  }

  @Test
  void aNodeThatIsLostOrWasDoneRaisesNoneWhereNothingIsKnownToBeLeft() {
    assertThat(decide(new Look(at(300), unheard(), places(), true))).isEmpty();
    assertThat(decide(new Look(at(600), unheard(), places(WEB), true))).hasSize(1);
    drain = drain.finished();
    assertThat(look(900, unheard())).isEmpty();
    assertThat(look(1_200, heard(web(0, 1)))).hasSize(1);
  }

  private List<Effect> look(
      long second, Optional<SortedSet<InstanceId>> alive, ServiceName... places) {
    return decide(new Look(at(second), alive, places(places), false));
  }

  private List<Effect> decide(Look look) {
    Decision<Clearing, Effect> decision = Clearing.decide(clearing, drain, look);
    clearing = decision.state();
    return new ArrayList<>(decision.effects());
  }

  private static Instant at(long second) {
    return ORDERED.plus(Duration.ofSeconds(second));
  }

  private static Optional<SortedSet<InstanceId>> heard(InstanceId... alive) {
    return Optional.of(new TreeSet<>(List.of(alive)));
  }

  private static Optional<SortedSet<InstanceId>> unheard() {
    return Optional.empty();
  }

  private static SortedSet<ServiceName> places(ServiceName... services) {
    return new TreeSet<>(List.of(services));
  }

  private static InstanceId web(int slot, long epoch) {
    return new InstanceId(WEB, slot, epoch);
  }
}
