package io.holdfast.client.view;

import io.holdfast.core.Decision;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.reach.Knocking;
import io.holdfast.protocol.reach.Look;
import io.holdfast.protocol.routing.Ack;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one supervisor at a time and carries out what {@link Following} decides: publishes views,
 * acknowledges them, keeps the last one on disk. Looks how the endpoints do.
 *
 * <p>It does not know what it lives in: one event at a time is handed to it, by whoever keeps its
 * {@link Mailbox}.
 */
public final class Follower {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** A hub says each second that it is well. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

  /** Failures are looked at when they happen; this is for all that is relative, and for returns. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration SAVE_DELAY = Duration.ofMillis(500);
  private static final Executor SAVING = Thread.ofVirtual().name("view-save-", 0)::start;

  private final Mailbox mailbox;
  private final Unheard unheard;
  private final SupervisorChannels channels;
  private final List<InetSocketAddress> supervisors;
  private final Subscriber subscriber;
  private final PublishedTable published;
  private final OutcomeLog outcomes = new OutcomeLog(System.nanoTime());
  private final Optional<ViewFile> file;

  private Following following;
  private Optional<FeedLink> link = Optional.empty();
  private long links;
  private int failures;
  private CompletableFuture<Void> saving = CompletableFuture.completedFuture(null);
  private Optional<RoutingView> unsaved = Optional.empty();
  private boolean savingIsOn;

  /** Starts from the view in {@code following}, which is already published. */
  Follower(
      Mailbox mailbox,
      Unheard unheard,
      SupervisorChannels channels,
      List<InetSocketAddress> supervisors,
      Subscriber subscriber,
      PublishedTable published,
      Optional<ViewFile> file,
      Following following) {
    this.mailbox = mailbox;
    this.unheard = unheard;
    this.channels = channels;
    this.supervisors = supervisors;
    this.subscriber = subscriber;
    this.published = published;
    this.file = file;
    this.following = following;
  }

  /** Before any event. */
  public void begin() {
    mailbox.tellAfter(LOOK_INTERVAL, new FollowerEvent.LookDue());
    mailbox.tellAfter(REPORT_INTERVAL, new FollowerEvent.ReportDue());
    connect();
  }

  /** False when it has ended, and takes no more. */
  public boolean on(FollowerEvent event) {
    unheard.heard(event);
    switch (event) {
      case FollowerEvent.ConnectDue() -> connect();
      case FollowerEvent.Received received -> {
        if (isCurrent(received.link())) {
          received(received);
          link.ifPresent(FeedLink::next);
        }
      }
      case FollowerEvent.LinkLost(long number, String why) -> lost(number, why);
      case FollowerEvent.Silent(long number) -> lost(number, "it has been silent for too long");
      case FollowerEvent.Drained() ->
          following.told().ifPresent(view -> acknowledge(view.version()));
      case FollowerEvent.SaveDue() -> save();
      case FollowerEvent.SaveDone() -> {
        savingIsOn = false;
        scheduleSave();
      }
      case FollowerEvent.LookDue() -> look();
      case FollowerEvent.Doubted(ServiceName service) -> published.look(service, System.nanoTime());
      case FollowerEvent.Knocked(long number, long request, var reaches) ->
          link.filter(open -> open.number() == number)
              .ifPresent(open -> open.knocked(request, reaches));
      case FollowerEvent.ReportDue() -> report();
      case FollowerEvent.Stop() -> stop();
    }
    return !(event instanceof FollowerEvent.Stop);
  }

  private void connect() {
    long number = ++links;
    InetSocketAddress supervisor = supervisors.get((int) (number % supervisors.size()));
    long held = following.inUse().map(RoutingView::version).orElse(0L);
    link = Optional.of(FeedLink.open(channels, number, supervisor, subscriber, held, mailbox));
    watchSilence(number);
  }

  private void received(FollowerEvent.Received received) {
    watchSilence(received.link());
    published.heard(System.nanoTime());
    boolean isNew = following.told().isEmpty();
    Decision<Following, FollowEffect> decision = following.received(received.message());
    following = decision.state();
    if (following.told().isPresent()) {
      failures = 0;
      if (isNew) {
        forgetOutcomes();
      }
    }
    decision.effects().forEach(this::carryOut);
  }

  private void carryOut(FollowEffect effect) {
    switch (effect) {
      case FollowEffect.Publish(RoutingView view) -> {
        published.publish(view, System.nanoTime());
        unsaved = file.map(_ -> view);
        scheduleSave();
      }
      case FollowEffect.Acknowledge(long version) -> acknowledge(version);
      case FollowEffect.Knock(Look look) -> knock(look);
      case FollowEffect.Leave(String why) -> lost(links, why);
    }
  }

  private void knock(Look look) {
    long number = links;
    CompletionStage<Void> _ =
        Knocking.at(look.targets(), look.timeout())
            .thenAccept(
                reaches ->
                    mailbox.tell(new FollowerEvent.Knocked(number, look.request(), reaches)));
  }

  private void acknowledge(long version) {
    Ack.Builder ack = Ack.newBuilder().setVersion(version);
    published
        .table()
        .draining()
        .filter(target -> target.inFlight() > 0)
        .forEach(target -> ack.putInFlight(target.instance().toString(), target.inFlight()));
    link.ifPresent(open -> open.acknowledge(ack.build()));
  }

  private void lost(long number, String why) {
    if (!isCurrent(number)) {
      return;
    }
    if (failures == 0) {
      LOG.info("lost the supervisor ({}); the last view stays in use", why);
    }
    Duration delay = Backoff.delay(failures++, ThreadLocalRandom.current().nextDouble());
    link.ifPresent(FeedLink::close);
    link = Optional.empty();
    following = following.hubLost();
    mailbox.forget(FollowerEvent.Silent.class);
    mailbox.tellAfter(delay, new FollowerEvent.ConnectDue());
  }

  private boolean isCurrent(long number) {
    return link.filter(open -> open.number() == number).isPresent();
  }

  private void watchSilence(long number) {
    mailbox.tellAfter(LONGEST_SILENCE, new FollowerEvent.Silent(number));
  }

  private void look() {
    mailbox.tellAfter(LOOK_INTERVAL, new FollowerEvent.LookDue());
    published.look(System.nanoTime());
  }

  /** What was seen while no supervisor was there is no evidence for the one that is. */
  private void forgetOutcomes() {
    long now = System.nanoTime();
    published.count(outcomes, now);
    outcomes.startAgain(now);
  }

  private void report() {
    mailbox.tellAfter(REPORT_INTERVAL, new FollowerEvent.ReportDue());
    published.count(outcomes, System.nanoTime());
    link.filter(open -> following.told().isPresent() && open.isReady())
        .ifPresent(open -> outcomes.take().ifPresent(open::report));
  }

  private void scheduleSave() {
    if (unsaved.isPresent() && !savingIsOn) {
      savingIsOn = true;
      mailbox.tellAfter(SAVE_DELAY, new FollowerEvent.SaveDue());
    }
  }

  private void save() {
    unsaved.ifPresent(
        view -> {
          unsaved = Optional.empty();
          saving =
              CompletableFuture.runAsync(() -> keep(view), SAVING)
                  .whenComplete((_, _) -> mailbox.tell(new FollowerEvent.SaveDone()));
        });
  }

  private void stop() {
    link.ifPresent(FeedLink::close);
    saving.join();
    unsaved.ifPresent(this::keep);
  }

  private void keep(RoutingView view) {
    file.ifPresent(last -> last.save(view));
  }
}
