package io.holdfast.client.view;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Decision;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.reach.Look;
import io.holdfast.protocol.reach.Target;
import io.holdfast.protocol.routing.Alive;
import io.holdfast.protocol.routing.Delta;
import io.holdfast.protocol.routing.FullView;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.RoutingWire;
import io.holdfast.protocol.wire.WireTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FollowingTest {

  private static final RoutingView FIRST = view(5, web(endpoint(0, 1, 8001)));
  private static final RoutingView SECOND =
      view(6, web(endpoint(0, 1, 8001), endpoint(1, 2, 8002)));
  private static final Following NOTHING = Following.startingFrom(Optional.empty());

  @Test
  void aWholeViewIsUsedAndThenAcknowledged() {
    assertThat(NOTHING.received(whole(FIRST)).effects())
        .containsExactly(new FollowEffect.Publish(FIRST), new FollowEffect.Acknowledge(5));
  }

  @Test
  void aChangeFollowsTheWholeView() {
    Following following = NOTHING.received(whole(FIRST)).state();

    assertThat(following.received(change(FIRST, SECOND)).effects())
        .containsExactly(new FollowEffect.Publish(SECOND), new FollowEffect.Acknowledge(6));
  }

  @Test
  void aGapOrAChangeBeforeTheWholeViewMakesItLeave() {
    RoutingView third = view(7, web());
    Following following = NOTHING.received(whole(FIRST)).state();

    assertLeaves(following.received(change(SECOND, third)));
    assertLeaves(NOTHING.received(change(FIRST, SECOND)));
    assertThat(following.received(change(SECOND, third)).state().inUse()).contains(FIRST);
  }

  @Test
  void nonsenseMakesItLeaveAndKeepsTheView() {
    Following following = NOTHING.received(whole(FIRST)).state();
    Delta nonsense = Delta.newBuilder().setVersion(6).addRemovedServices("No Name").build();

    assertLeaves(following.received(ViewMessage.newBuilder().setDelta(nonsense).build()));
    assertLeaves(
        following.received(
            ViewMessage.newBuilder().setFull(FullView.newBuilder().setVersion(-1)).build()));
  }

  @Test
  void whatTheHubWantsToKnowIsLookedAtAndNonsenseIsNot() {
    Following following = NOTHING.received(whole(FIRST)).state();

    assertThat(following.received(check("10.0.0.7", 80)).effects())
        .containsExactly(
            new FollowEffect.Knock(
                new Look(7, List.of(new Target("10.0.0.7", 80)), Duration.ofMillis(500))));
    assertLeaves(following.received(check("10.0.0.7", 70_000)));
  }

  private static ViewMessage check(String address, int port) {
    return ViewMessage.newBuilder()
        .setCheck(
            Check.newBuilder()
                .setRequest(7)
                .addTargets(
                    io.holdfast.protocol.agent.Target.newBuilder()
                        .setAddress(address)
                        .setPort(port))
                .setTimeout(WireTime.duration(Duration.ofMillis(500))))
        .build();
  }

  @Test
  void losingTheHubKeepsTheView() {
    Following following = NOTHING.received(whole(FIRST)).state().hubLost();

    assertThat(following.inUse()).contains(FIRST);
    assertThat(following.told()).isEmpty();
  }

  @Test
  void aNewHubReplacesTheViewWhateverItsVersion() {
    RoutingView other = view("hub-2", 1, web());
    Following following = NOTHING.received(whole(SECOND)).state().hubLost();

    assertThat(following.received(whole(other)).state().inUse()).contains(other);
  }

  @Test
  void aHubThatKnowsNothingYetDoesNotEmptyTheView() {
    RoutingView blank = RoutingView.empty("hub-2");
    Following following = NOTHING.received(whole(SECOND)).state().hubLost();

    Decision<Following, FollowEffect> decision = following.received(whole(blank));
    assertThat(decision.effects()).containsExactly(new FollowEffect.Acknowledge(0));
    assertThat(decision.state().inUse()).contains(SECOND);

    RoutingView first = view("hub-2", 1, web());
    assertThat(decision.state().received(change(blank, first)).state().inUse()).contains(first);
  }

  @Test
  void theSameHubDoesNotGoBack() {
    Following following = NOTHING.received(whole(SECOND)).state().hubLost();

    assertLeaves(following.received(whole(FIRST)));
  }

  @Test
  void aSignOfLifeChangesNothing() {
    Following following = NOTHING.received(whole(FIRST)).state();
    ViewMessage alive = ViewMessage.newBuilder().setAlive(Alive.newBuilder().setVersion(5)).build();

    assertThat(following.received(alive)).isEqualTo(Decision.to(following));
  }

  @Test
  void waitsDoubleFromATenthOfASecondToTwoAndAreJittered() {
    assertThat(Backoff.delay(0, 0)).isEqualTo(Duration.ofMillis(50));
    assertThat(Backoff.delay(0, 1)).isEqualTo(Duration.ofMillis(100));
    assertThat(Backoff.delay(3, 1)).isEqualTo(Duration.ofMillis(800));
    assertThat(Backoff.delay(5, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Backoff.delay(1_000_000, 1)).isEqualTo(Duration.ofSeconds(2));
  }

  private static void assertLeaves(Decision<Following, FollowEffect> decision) {
    assertThat(decision.effects()).singleElement().isInstanceOf(FollowEffect.Leave.class);
  }

  private static ViewMessage whole(RoutingView view) {
    return ViewMessage.newBuilder().setFull(RoutingWire.full(view)).build();
  }

  private static ViewMessage change(RoutingView before, RoutingView after) {
    return ViewMessage.newBuilder().setDelta(RoutingWire.delta(before, after)).build();
  }
}
