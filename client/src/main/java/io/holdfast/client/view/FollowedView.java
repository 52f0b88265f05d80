package io.holdfast.client.view;

import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routing view as request threads use it: always the newest table, and an account of the
 * requests that run on each endpoint.
 *
 * <p>It starts from the view on disk, and goes on with the last one it has when no supervisor
 * answers.
 */
public final class FollowedView implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedView.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final PublishedTable published;
  private final Unheard unheard;
  private final Shell.Running follower;

  private FollowedView(PublishedTable published, Unheard unheard, Shell.Running follower) {
    this.published = published;
    this.unheard = unheard;
    this.follower = follower;
  }

  /**
   * Begins to follow any of the supervisors.
   *
   * @param channels by which they are reached
   * @param directory keeps the last view, if there is one; nobody else may write there
   * @param watcher told of each table, and of endpoints that are taken out
   * @param shell in which the view is followed
   */
  public static FollowedView start(
      SupervisorChannels channels,
      List<InetSocketAddress> supervisors,
      Subscriber subscriber,
      Optional<Path> directory,
      Watcher watcher,
      Shell shell) {
    PublishedTable published = new PublishedTable(System.nanoTime(), watcher, subscriber);
    Optional<ViewFile> file = directory.map(ViewFile::in);
    Optional<ViewFile.Saved> saved = file.flatMap(ViewFile::load);
    saved.ifPresent(last -> begin(published, last));
    List<InetSocketAddress> order = new ArrayList<>(supervisors);
    // Balancers that start together must not all begin with the same supervisor.
    Collections.shuffle(order);
    Following following = Following.startingFrom(saved.map(ViewFile.Saved::view));
    Unheard unheard = new Unheard();
    return new FollowedView(
        published,
        unheard,
        shell.run(
            mailbox ->
                new Follower(
                    mailbox, unheard, channels, order, subscriber, published, file, following)));
  }

  public RouteTable table() {
    return published.table();
  }

  /** Completed once a view is held, be it from the disk. */
  public CompletionStage<Void> ready() {
    return published.ready();
  }

  /** How long ago a supervisor was last heard. */
  public Duration age() {
    return published.age(System.nanoTime());
  }

  /**
   * Picks an instance and counts one more request on it, until {@link #release} or {@link #forgo}.
   */
  public Optional<Target> acquire(ServiceName service, Wanted wanted, long nowNanos) {
    while (true) {
      RouteTable table = published.table();
      Optional<Target> picked =
          table.service(service).flatMap(routed -> routed.pick(wanted, nowNanos));
      if (picked.isEmpty()) {
        return picked;
      }
      picked.get().traffic().begun(nowNanos);
      // Either the follower sees this request when it counts those on a draining endpoint, or this
      // thread sees the table in which it drains.
      if (published.table() == table || published.table().takes(picked.get().instance())) {
        return picked;
      }
      forgo(picked.get());
    }
  }

  /** Counts one request less, of which nothing was observed. */
  public void forgo(Target target) {
    target.unobserved(System.nanoTime());
    release(target);
  }

  /** Counts one request less, of which something was observed. */
  public void release(Target target) {
    if (target.traffic().ended() == 0 && published.table().drains(target.instance())) {
      tell(new FollowerEvent.Drained());
    }
  }

  /** Records how long the first byte of a response took, or what came instead; once. */
  public void observe(Target target, Duration took, Outcome outcome, long nowNanos) {
    target.observe(took.toNanos(), outcome, nowNanos);
    ServiceName service = target.instance().service();
    boolean worthALook = outcome != Outcome.ANSWERED || target.isOnTrial();
    if (worthALook
        && published
            .table()
            .service(service)
            .filter(s -> s.traffic().isTimeToLook(nowNanos))
            .isPresent()) {
      tell(new FollowerEvent.Doubted(service));
    }
  }

  private void tell(FollowerEvent event) {
    if (unheard.add(event)) {
      follower.tell(event);
    }
  }

  @Override
  public void close() {
    follower.tell(new FollowerEvent.Stop());
    try {
      follower.ended().toCompletableFuture().get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the view is still followed after it was closed");
    }
  }

  private static void begin(PublishedTable published, ViewFile.Saved last) {
    long now = System.nanoTime();
    Duration age = Duration.between(last.at(), Instant.now());
    published.heard(now - Math.max(0, age.toNanos()));
    published.publish(last.view(), now);
  }
}
