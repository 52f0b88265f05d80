package io.holdfast.client.view;

import static io.holdfast.client.fixture.Views.WEB;
import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.id;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.fixture.FakeHub;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Seen;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.security.SupervisorChannels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a balancer tells the supervisor of its requests. */
final class OutcomesTest {

  private static final RoutingView TWO = view(5, web(endpoint(0, 1, 8001), endpoint(1, 2, 8002)));

  @TempDir Path data;

  @Test
  void itTellsWhatEndedHowAndHowLongItTook() {
    try (FakeHub hub = FakeHub.serving(TWO);
        FollowedView view = follow(hub)) {
      hub.awaitAck(5);
      tried(view, Outcome.ANSWERED, Duration.ofMillis(20));
      tried(view, Outcome.TIMED_OUT, Duration.ofSeconds(2));
      tried(view, Outcome.FAILED, Duration.ofMillis(1));
      tried(view, Outcome.REFUSED, Duration.ofMillis(1));
      // The client left: nobody knows how this would have ended.
      view.forgo(first(view));

      Seen seen = told(hub, 4);

      assertThat(seen.instance()).isEqualTo(id(0, 1));
      assertThat(seen.tally()).isEqualTo(new Tally(1, 3));
      assertThat(seen.latencies().count(Latencies.bucket(Duration.ofMillis(20).toNanos())))
          .isEqualTo(1);
      assertThat(seen.latencies().above(Duration.ofSeconds(1))).isEqualTo(1);
      assertThat(seen.latencies().total()).isEqualTo(2);
    }
  }

  @Test
  void itTellsThatItHasTakenAnInstanceOutAlthoughNoRequestGoesThere() {
    try (FakeHub hub = FakeHub.serving(TWO);
        FollowedView view = follow(hub)) {
      hub.awaitAck(5);
      for (int i = 0; i < 3; i++) {
        tried(view, Outcome.REFUSED, Duration.ofMillis(1));
      }

      Outcomes outcomes =
          hub.awaitOutcomes(
              told ->
                  told.seen().stream()
                      .anyMatch(seen -> seen.tally().total() == 0 && seen.ejections() > 0));

      Seen seen = outcomes.seen().getFirst();
      assertThat(seen.instance()).isEqualTo(id(0, 1));
      assertThat(seen.ejections()).isEqualTo(1);
      assertThat(seen.ejected()).isPositive().isLessThanOrEqualTo(outcomes.over());
    }
  }

  @Test
  void whatWasSeenWithoutASupervisorIsNotToldToTheNext() {
    FakeHub hub = FakeHub.serving(TWO);
    try (FollowedView view = follow(hub)) {
      hub.awaitAck(5);
      hub.close();
      tried(view, Outcome.FAILED, Duration.ofMillis(1));
      try (FakeHub again = FakeHub.servingOn(hub.address().getPort(), TWO)) {
        again.awaitAck(5);
        tried(view, Outcome.ANSWERED, Duration.ofMillis(1));

        assertThat(told(again, 1).tally()).isEqualTo(new Tally(1, 0));
      }
    }
  }

  /** Waits until so many requests have been told, in one report or in several. */
  private static Seen told(FakeHub hub, int requests) {
    Seen all = hub.awaitOutcomes(told -> !told.seen().isEmpty()).seen().getFirst();
    while (all.tally().total() < requests) {
      all = all.plus(hub.awaitOutcomes(told -> !told.seen().isEmpty()).seen().getFirst());
    }
    return all;
  }

  private static void tried(FollowedView view, Outcome outcome, Duration took) {
    Target target = first(view);
    view.observe(target, took, outcome, System.nanoTime());
    view.release(target);
  }

  private static Target first(FollowedView view) {
    return view.acquire(WEB, Wanted.not(Set.of(id(1, 2))), System.nanoTime()).orElseThrow();
  }

  private FollowedView follow(FakeHub hub) {
    Watcher nobody =
        new Watcher() {
          @Override
          public void changed(RouteTable table) {}

          @Override
          public void ejected(Ejection ejection) {}
        };
    return FollowedView.start(
        SupervisorChannels.open(),
        List.of(hub.address()),
        Subscriber.named("test"),
        Optional.of(data),
        nobody,
        OwnThread.named("follower"));
  }
}
