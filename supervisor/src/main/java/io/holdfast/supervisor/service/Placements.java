package io.holdfast.supervisor.service;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.placement.Ranking;
import io.holdfast.core.placement.Share;
import io.holdfast.core.supervision.ServiceEffect.Place;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.node.NodeActor.ReserveAnswer;
import io.holdfast.supervisor.node.NodeDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Finds places for slots: chooses a node for each, asks it, and on a refusal the next best. One
 * search at a time for each slot. A place that is being sought counts as one that is taken, here
 * and for other services, so that what is sought together spreads.
 */
final class Placements {

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(3);
  private static final Duration SEARCH_DEADLINE = Duration.ofSeconds(15);

  /** The others have their turn at a later decision, which wants the same places again. */
  private static final int MOST_AT_ONCE = 256;

  private static final int TOGETHER = 64;

  /** After which one at a time is enough. */
  private static final int MOST_DENIED = 6;

  /** One slot's, which waits for the answer of {@code node}. */
  private record Search(
      Place place,
      Ranking ranking,
      Set<Integer> fixedPorts,
      NodeId node,
      Map<NodeId, String> refused,
      Instant began) {}

  private final ServiceName name;
  private final ServicePorts ports;
  private final ActorContext<ServiceActor.Command> context;
  private final Map<Integer, Search> searches = new HashMap<>();
  private final Map<Integer, String> problems = new TreeMap<>();
  private List<Place> wanted = List.of();
  private boolean asking;
  private int denied;

  Placements(ServiceName name, ServicePorts ports, ActorContext<ServiceActor.Command> context) {
    this.name = name;
    this.ports = ports;
    this.context = context;
  }

  /** Why slots have no place, by slot. */
  Map<Integer, String> problems() {
    return Map.copyOf(problems);
  }

  boolean isSeeking() {
    return asking || !searches.isEmpty();
  }

  /** These places are wanted, and no others any more. The directory is asked for nodes first. */
  void want(List<Place> places) {
    wanted = places;
    if (!asking && !fresh().isEmpty()) {
      asking = true;
      CompletionStage<List<Candidate>> nodes =
          AskPattern.ask(
              ports.directory(),
              NodeDirectory.ReadCandidates::new,
              ANSWER_DEADLINE,
              ports.system().scheduler());
      context.pipeToSelf(
          nodes,
          (all, failure) ->
              new ServiceActor.NodesFound(failure == null ? all : ports.roster().expected()));
    }
  }

  /**
   * Those that may be sought now. Where many services want places, each waits until there is room
   * for a good number of them: what is sought together is answered, decided and recorded together.
   * Whoever has waited is content with less each time.
   */
  private List<Place> fresh() {
    List<Place> all =
        wanted.stream()
            .filter(place -> !searches.containsKey(place.slot()))
            .limit(Math.max(0, MOST_AT_ONCE - searches.size()))
            .toList();
    int room = ports.roster().room();
    if (room < Math.min(all.size(), TOGETHER >> denied)) {
      denied = Math.min(denied + 1, MOST_DENIED);
      return List.of();
    }
    denied = 0;
    return all.subList(0, Math.min(room, all.size()));
  }

  /** Seeks a place for each that is wanted and not being sought yet. */
  void found(ServiceState state, List<Candidate> nodes) {
    asking = false;
    if (state instanceof ServiceState.Active active) {
      Ranking ranking =
          Ranking.of(
              name, nodes, active.spec().placement(), Footprint.share(active), perNode(active));
      Set<Integer> fixedPorts = Footprint.fixedPorts(active);
      Instant now = ports.clock().instant();
      fresh().forEach(place -> seek(place, ranking, fixedPorts, Map.of(), now));
      wanted = List.of();
    }
  }

  private Map<NodeId, Integer> perNode(ServiceState state) {
    Map<NodeId, Integer> counts = Footprint.perNode(state);
    searches.values().forEach(search -> counts.merge(search.node(), 1, Integer::sum));
    return counts;
  }

  private void seek(
      Place place,
      Ranking ranking,
      Set<Integer> fixedPorts,
      Map<NodeId, String> refused,
      Instant began) {
    Optional<NodeId> best = ranking.choose(place.slot(), place.preference(), refused.keySet());
    if (best.isPresent()) {
      searches.put(
          place.slot(), new Search(place, ranking, fixedPorts, best.get(), refused, began));
      ask(place.slot(), best.get(), fixedPorts, ranking.share());
    } else {
      searches.remove(place.slot());
      problems.put(place.slot(), ranking.refusal(refused));
    }
  }

  private void ask(int slot, NodeId node, Set<Integer> fixedPorts, Share share) {
    ports.roster().asked(node);
    CompletionStage<ReserveAnswer> answer =
        AskPattern.<NodeActor.Command, ReserveAnswer>ask(
                ports.sharding().entityRefFor(NodeActor.KEY, node.value()),
                replyTo ->
                    new NodeActor.Reserve(
                        name, slot, fixedPorts, share.memory(), share.cpu(), replyTo),
                ANSWER_DEADLINE,
                ports.system().scheduler())
            .whenComplete((_, _) -> ports.roster().answered(node));
    context.pipeToSelf(
        answer,
        (given, failure) ->
            failure == null
                ? word(slot, node, given)
                : new ServiceActor.NotPlaced(slot, node, "did not answer"));
  }

  private static ServiceActor.Command word(int slot, NodeId node, ReserveAnswer answer) {
    return switch (answer) {
      case ReserveAnswer.Reserved() ->
          new ServiceActor.Observe(new ServiceInput.Placed(slot, node));
      case ReserveAnswer.Refused(var why) -> new ServiceActor.NotPlaced(slot, node, why);
    };
  }

  void done(int slot) {
    searches.remove(slot);
    problems.remove(slot);
  }

  /** The next best node is asked; an answer that comes too late is nobody's. */
  void refused(int slot, NodeId node, String why) {
    Search search = searches.get(slot);
    if (search != null && search.node().equals(node)) {
      Map<NodeId, String> refused = new TreeMap<>(search.refused());
      refused.put(node, why);
      seek(search.place(), search.ranking(), search.fixedPorts(), refused, search.began());
    }
  }

  /** A search whose answer got lost must not keep its slot empty. */
  void expire() {
    asking = false;
    Instant oldest = ports.clock().instant().minus(SEARCH_DEADLINE);
    searches.values().removeIf(search -> search.began().isBefore(oldest));
  }
}
