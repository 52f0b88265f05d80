package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.holdfast.core.NodeId;
import io.holdfast.core.placement.Candidate;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every node there is, as its actor last described it. */
public final class NodeDirectory extends AbstractOnMessageBehavior<NodeDirectory.Command> {

  public sealed interface Command {}

  public record Update(Entry entry) implements Command {}

  public record ReadAll(ActorRef<List<Entry>> replyTo) implements Command {}

  /**
   * A node.
   *
   * @param load places given out on it
   * @param session of its agent, while that is connected
   */
  public record Entry(
      NodeId id,
      NodeProfile profile,
      NodeCondition condition,
      boolean accepting,
      int load,
      Optional<ActorRef<AgentSession.Command>> session) {

    public Candidate candidate() {
      return new Candidate(id, profile.labels(), accepting, load);
    }
  }

  private final SupervisorMetrics metrics;
  private final NodeRoster roster;
  private final SortedMap<NodeId, Entry> entries = new TreeMap<>();

  private NodeDirectory(
      ActorContext<Command> context, SupervisorMetrics metrics, NodeRoster roster) {
    super(context);
    this.metrics = metrics;
    this.roster = roster;
  }

  public static Behavior<Command> create(SupervisorMetrics metrics, NodeRoster roster) {
    return Behaviors.setup(context -> new NodeDirectory(context, metrics, roster));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Update(var entry) -> {
        entries.put(entry.id(), entry);
        roster.show(List.copyOf(entries.values()));
        count();
      }
      case ReadAll(var replyTo) -> replyTo.tell(List.copyOf(entries.values()));
    }
    return this;
  }

  private void count() {
    for (NodeCondition condition : NodeCondition.values()) {
      int count =
          (int) entries.values().stream().filter(entry -> entry.condition() == condition).count();
      metrics.nodesIn(condition.word(), count);
    }
  }
}
