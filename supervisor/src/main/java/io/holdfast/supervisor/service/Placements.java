package io.holdfast.supervisor.service;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.placement.Preference;
import io.holdfast.core.placement.Ranking;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.node.NodeActor.ReserveAnswer;
import io.holdfast.supervisor.node.NodeDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds places for slots: ranks the nodes, then asks them one after the other, best first. One
 * search at a time for each slot.
 */
final class Placements {

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(3);
  private static final Duration SEARCH_DEADLINE = Duration.ofSeconds(15);

  private final ServiceName name;
  private final ServicePorts ports;
  private final ActorContext<ServiceActor.Command> context;
  private final Map<Integer, Instant> seeking = new HashMap<>();
  private final Map<Integer, String> problems = new TreeMap<>();

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
    return !seeking.isEmpty();
  }

  void place(ServiceState state, int slot, Preference preference) {
    if (!(state instanceof ServiceState.Active active)
        || seeking.putIfAbsent(slot, ports.clock().instant()) != null) {
      return;
    }
    CompletionStage<List<Candidate>> nodes =
        AskPattern.ask(
            ports.directory(),
            NodeDirectory.ReadCandidates::new,
            ANSWER_DEADLINE,
            ports.system().scheduler());
    Set<Integer> fixedPorts = Footprint.fixedPorts(active);
    context.pipeToSelf(
        nodes.thenCompose(all -> search(active, slot, preference, fixedPorts, all)),
        (found, failure) ->
            failure == null ? found : new ServiceActor.NotPlaced(slot, "no node answered"));
  }

  private CompletionStage<ServiceActor.Command> search(
      ServiceState.Active active,
      int slot,
      Preference preference,
      Set<Integer> fixedPorts,
      List<Candidate> candidates) {
    Ranking ranking =
        Ranking.of(candidates, active.spec().placement(), Footprint.perNode(active), preference);
    List<String> refusals = new ArrayList<>(ranking.refusals());
    return tryNext(slot, fixedPorts, ranking.best(), refusals)
        .thenApply(
            node ->
                node.isPresent()
                    ? new ServiceActor.Observe(new ServiceInput.Placed(slot, node.get()))
                    : new ServiceActor.NotPlaced(slot, sentence(refusals)));
  }

  private CompletionStage<Optional<NodeId>> tryNext(
      int slot, Set<Integer> fixedPorts, List<NodeId> rest, List<String> refusals) {
    if (rest.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    NodeId node = rest.getFirst();
    CompletionStage<ReserveAnswer> answer =
        AskPattern.ask(
            ports.sharding().entityRefFor(NodeActor.KEY, node.value()),
            replyTo -> new NodeActor.Reserve(name, slot, fixedPorts, replyTo),
            ANSWER_DEADLINE,
            ports.system().scheduler());
    return answer.thenCompose(
        given ->
            switch (given) {
              case ReserveAnswer.Reserved() -> CompletableFuture.completedFuture(Optional.of(node));
              case ReserveAnswer.Refused(var why) -> {
                refusals.add("node " + node + " " + why);
                yield tryNext(slot, fixedPorts, rest.subList(1, rest.size()), refusals);
              }
            });
  }

  private static String sentence(List<String> refusals) {
    return refusals.isEmpty() ? "there is no node" : String.join("; ", refusals);
  }

  void done(int slot) {
    seeking.remove(slot);
    problems.remove(slot);
  }

  void failed(int slot, String why) {
    seeking.remove(slot);
    problems.put(slot, why);
  }

  /** A search whose answer got lost must not keep its slot empty. */
  void expire() {
    Instant oldest = ports.clock().instant().minus(SEARCH_DEADLINE);
    seeking.values().removeIf(since -> since.isBefore(oldest));
  }
}
