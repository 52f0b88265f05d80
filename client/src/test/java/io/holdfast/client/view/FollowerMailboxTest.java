package io.holdfast.client.view;

import static io.holdfast.client.fixture.Views.WEB;
import static io.holdfast.client.fixture.Views.draining;
import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.fixture.FakeHub;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.protocol.security.SupervisorChannels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What waits for a follower that is held up. */
final class FollowerMailboxTest {

  private static final int VIEWS = 200;

  private final ByHand hand = new ByHand();

  @Test
  void ofTheHubOneMessageWaitsHoweverMuchItHasToSay() throws Exception {
    try (FakeHub hub = FakeHub.serving(view(1, web(endpoint(0, 1, 8001))));
        FollowedView view = follow(hub)) {
      hand.takeUntil(FollowerEvent.Received.class);
      for (int version = 2; version <= VIEWS; version++) {
        hub.change(view(version, web(endpoint(version, version, 8001))));
      }
      while (view.table().version() < VIEWS) {
        hand.takeUntil(FollowerEvent.Received.class);
        assertThat(hand.waiting(FollowerEvent.Received.class)).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void ofTheEndsOfRequestsOneWaitsAndWhatComesAfterItWasHeardIsToldAgain() throws Exception {
    try (FakeHub hub = FakeHub.serving(view(1, web(endpoint(0, 1, 8001))));
        FollowedView view = follow(hub)) {
      hand.takeUntil(FollowerEvent.Received.class);
      List<Target> running = List.of(acquire(view), acquire(view));
      hub.change(view(2, web(draining(endpoint(0, 1, 8001)))));
      hand.takeUntil(FollowerEvent.Received.class);
      Target only = running.getFirst();
      view.release(only);
      for (int i = 0; i < 100; i++) {
        view.release(only);
        only.traffic().begun(0);
      }
      assertThat(hand.waiting(FollowerEvent.Drained.class)).isEqualTo(1);

      hand.takeUntil(FollowerEvent.Drained.class);
      view.release(only);
      assertThat(hand.waiting(FollowerEvent.Drained.class)).isEqualTo(1);
    }
  }

  @Test
  void ofDoubtsInOneServiceOneWaits() throws Exception {
    try (FakeHub hub = FakeHub.serving(view(1, web(endpoint(0, 1, 8001))));
        FollowedView view = follow(hub)) {
      hand.takeUntil(FollowerEvent.Received.class);
      Target target = acquire(view);
      for (int second = 0; second < 100; second++) {
        view.observe(
            target, Duration.ZERO, Outcome.FAILED, System.nanoTime() + second * 1_000_000_000L);
      }
      assertThat(hand.waiting(FollowerEvent.Doubted.class)).isEqualTo(1);
    }
  }

  private static Target acquire(FollowedView view) {
    return view.acquire(WEB, Wanted.any(), System.nanoTime()).orElseThrow();
  }

  private FollowedView follow(FakeHub hub) {
    return FollowedView.start(
        SupervisorChannels.open(),
        List.of(hub.address()),
        Subscriber.named("test"),
        Optional.empty(),
        new Nobody(),
        hand);
  }

  private record Nobody() implements Watcher {

    @Override
    public void changed(RouteTable table) {}

    @Override
    public void ejected(Ejection ejection) {}
  }

  /** A shell whose follower takes up what it is told when the test says so, and is never late. */
  private static final class ByHand implements Shell, Shell.Running, Mailbox {

    private final BlockingQueue<FollowerEvent> events = new LinkedBlockingQueue<>();
    private Optional<Follower> follower = Optional.empty();

    @Override
    public Running run(Function<Mailbox, Follower> makes) {
      Follower made = makes.apply(this);
      follower = Optional.of(made);
      made.begin();
      return this;
    }

    /** Returns once it has taken up one of this kind. */
    void takeUntil(Class<? extends FollowerEvent> kind) throws InterruptedException {
      FollowerEvent event;
      do {
        event = events.poll(30, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("nothing came");
        }
        follower.orElseThrow().on(event);
      } while (!kind.isInstance(event));
    }

    long waiting(Class<? extends FollowerEvent> kind) {
      return events.stream().filter(kind::isInstance).count();
    }

    @Override
    public void tell(FollowerEvent event) {
      if (event instanceof FollowerEvent.Stop) {
        follower.orElseThrow().on(event);
      } else {
        events.add(event);
      }
    }

    @Override
    public CompletionStage<Void> ended() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void tellAfter(Duration delay, FollowerEvent event) {}

    @Override
    public void forget(Class<? extends FollowerEvent> kind) {}
  }
}
