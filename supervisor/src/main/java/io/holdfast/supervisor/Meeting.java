package io.holdfast.supervisor;

import akka.Done;
import akka.actor.AddressFromURIString;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import io.holdfast.core.CannotStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a supervisor finds the others with which it makes a cluster, however often it has to try. */
final class Meeting {

  private static final Logger LOG = LoggerFactory.getLogger(Meeting.class);

  /**
   * A node that has begun a cluster of its own, because it saw no other, looks again after this.
   */
  private static final Duration TRY = Duration.ofSeconds(20);

  /** Two that begin their tries together would else begin two clusters, again and again. */
  private static final Duration AT_MOST_LONGER = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** What has not changed is said again after so many looks. */
  private static final int LOOKS_IN_SILENCE = 24;

  private final Seeds seeds;
  private List<String> lastMet = List.of();
  private int looks;
  private int tries;

  Meeting(Seeds seeds) {
    this.seeds = seeds;
  }

  /** Whether {@code system} belongs to a cluster with a majority of the seeds now. */
  boolean join(ActorSystem<?> system) throws CannotStart {
    CompletableFuture<Done> news = new CompletableFuture<>();
    akka.cluster.Cluster.get(system).registerOnMemberUp(() -> news.complete(Done.getInstance()));
    whenEnded(system, news);
    Cluster cluster = Cluster.get(system);
    if (!seeds.isCluster()) {
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      return Waiting.hasCome(news, TRY);
    }
    if (looks == 0) {
      LOG.info("{}", waiting(List.of()));
    }
    cluster
        .manager()
        .tell(
            new JoinSeedNodes(
                seeds.nodes(Listeners.SYSTEM, tries++).stream()
                    .map(AddressFromURIString::parse)
                    .toList()));
    return await(news, system);
  }

  /** By the cluster itself, which does so when this one may not join. */
  private static void whenEnded(ActorSystem<?> system, CompletableFuture<Done> news) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "meeting",
            () -> {
              news.complete(Done.getInstance());
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  private boolean await(CompletableFuture<Done> news, ActorSystem<?> system) throws CannotStart {
    long longer = ThreadLocalRandom.current().nextLong(AT_MOST_LONGER.toNanos());
    long deadline = System.nanoTime() + TRY.toNanos() + longer;
    while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
      if (Waiting.hasCome(news, BETWEEN_LOOKS)) {
        return isIn(system);
      }
      tell(Membership.of(system));
    }
    return false;
  }

  private static boolean isIn(ActorSystem<?> system) throws CannotStart {
    Optional<CoordinatedShutdown.Reason> end = CoordinatedShutdown.get(system).getShutdownReason();
    if (end.equals(Optional.of(CoordinatedShutdown.incompatibleConfigurationDetectedReason()))) {
      throw new CannotStart(
          "the supervisors that run do not let this one join: their journal is not the one in"
              + " --journal-url, or they were started with other seeds");
    }
    return end.isEmpty();
  }

  private void tell(List<String> met) {
    if (looks++ % LOOKS_IN_SILENCE == 0 || !met.equals(lastMet)) {
      LOG.warn("{}", waiting(met));
      lastMet = met;
    }
  }

  private String waiting(List<String> met) {
    return "waits for more than half of the supervisors "
        + seeds.sorted().replace(",", ", ")
        + "; met so far: "
        + (met.isEmpty() ? "none" : String.join(", ", met).replace(Listeners.SYSTEM + "@", ""));
  }
}
