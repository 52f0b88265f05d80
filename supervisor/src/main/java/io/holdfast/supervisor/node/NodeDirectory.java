package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.ServiceKey;
import io.holdfast.core.NodeId;
import io.holdfast.core.detection.Population;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.placement.Room;
import io.holdfast.core.placement.Share;
import io.holdfast.supervisor.api.NodeStatus;
import io.holdfast.supervisor.cluster.Peers;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import io.holdfast.supervisor.routing.RoutingHub;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Every node there is, as its actor last described it to the directory of any supervisor node.
 *
 * <p>Each directory passes on what actors tell it, and tells it again to a directory that has come
 * later. What is lost on the way is made good by the next wake-up call to the node's actor.
 */
public final class NodeDirectory extends AbstractOnMessageBehavior<NodeDirectory.Command> {

  public sealed interface Command {}

  public record Update(Entry entry) implements Command {}

  /**
   * The node's actor has come up anew and knows of no session: one that is known here introduces
   * itself again, and what was known before stands until it has had the time to.
   */
  record Recall(Entry entry) implements Command {}

  /** Another directory was told. */
  record Relayed(Entry entry) implements Command {}

  private record Directories(Set<ActorRef<Command>> all) implements Command {}

  public record ReadAll(ActorRef<List<Entry>> replyTo) implements Command {}

  /** Some agents, at random, that are heard well and are not those of {@code node}. */
  record PickWitnesses(NodeId node, int most, ActorRef<Inquiry.Witnesses> replyTo)
      implements Command {}

  /** The nodes that are not lost. */
  record Count(ActorRef<Population> replyTo) implements Command {}

  /** The nodes as placement sees them, those included that were told of just before. */
  public record ReadCandidates(ActorRef<List<Candidate>> replyTo) implements Command {}

  /**
   * A node.
   *
   * @param doubted its endpoints are to be used only in need
   * @param draining its instances are to move away
   * @param drained nothing was left on it at some time since that was ordered
   * @param load places given out on it
   * @param memoryTaken by those places, in bytes
   * @param cpuTaken by those places, in thousandths of one processor
   * @param session of its agent, while that is connected
   */
  public record Entry(
      NodeId id,
      NodeProfile profile,
      NodeCondition condition,
      boolean doubted,
      boolean accepting,
      boolean draining,
      boolean drained,
      int load,
      long memoryTaken,
      long cpuTaken,
      Optional<ActorRef<AgentSession.Command>> session) {

    /** The words that stand for nodes that are being emptied, beside those of conditions. */
    public static final String DRAINING = "draining";

    public static final String DRAINED = "drained";

    /** As placement sees it; its zone is a label among others. */
    Candidate candidate() {
      Map<String, String> labels = new HashMap<>(profile.labels());
      if (!profile.zone().isBlank()) {
        labels.put(Candidate.ZONE, profile.zone());
      }
      return new Candidate(
          id,
          labels,
          accepting,
          draining,
          load,
          Room.of(profile.size(), new Share(memoryTaken, cpuTaken)),
          Admission.refusal(condition, draining, accepting).orElse(""));
    }

    /** The same where its session is not there any more. */
    public Entry withoutSession() {
      return new Entry(
          id,
          profile,
          condition,
          doubted,
          accepting,
          draining,
          drained,
          load,
          memoryTaken,
          cpuTaken,
          Optional.empty());
    }

    /** What its places ask for. */
    public NodeStatus.Reserved reserved() {
      return new NodeStatus.Reserved(load, memoryTaken, cpuTaken);
    }

    /** How it is, in one word; whether anything is still there is asked of its agent besides. */
    public String word() {
      if (condition == NodeCondition.READY && session.isEmpty()) {
        // Recorded so before its agent was lost together with whoever would have noticed.
        return NodeCondition.SUSPECT.word();
      }
      if (condition != NodeCondition.READY || !draining) {
        return condition.word();
      }
      return drained && load == 0 ? DRAINED : DRAINING;
    }
  }

  /** Each has a figure, be it nought. */
  private static final List<String> WORDS =
      Stream.concat(
              Arrays.stream(NodeCondition.values()).map(NodeCondition::word),
              Stream.of(Entry.DRAINING, Entry.DRAINED))
          .toList();

  /** Tries to find a witness; enough also where few nodes are ready. */
  private static final int PICKS = 64;

  private static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "node-directory");

  private final SupervisorMetrics metrics;
  private final NodeRoster roster;
  private final ActorRef<RoutingHub.Command> hub;
  private final Peers<Command> peers;
  private final SortedMap<NodeId, Entry> entries = new TreeMap<>();

  /** Of all entries, so that any of them can be picked without walking through thousands. */
  private final List<NodeId> ids = new ArrayList<>();

  private final Map<String, Integer> counts = new HashMap<>();

  /** The nodes whose actors have told this directory last. */
  private final Set<NodeId> own = new HashSet<>();

  private final Set<NodeId> doubted = new HashSet<>();

  private NodeDirectory(
      ActorContext<Command> context,
      SupervisorMetrics metrics,
      NodeRoster roster,
      ActorRef<RoutingHub.Command> hub) {
    super(context);
    this.metrics = metrics;
    this.roster = roster;
    this.hub = hub;
    this.peers = Peers.of(KEY, context, Directories::new);
  }

  public static Behavior<Command> create(
      SupervisorMetrics metrics, NodeRoster roster, ActorRef<RoutingHub.Command> hub) {
    return Behaviors.setup(context -> new NodeDirectory(context, metrics, roster, hub));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Update(var entry) -> update(entry);
      case Recall(var entry) ->
          session(entry.id())
              .ifPresentOrElse(
                  session -> session.tell(new AgentSession.Introduce()), () -> update(entry));
      case Relayed(var entry) -> {
        own.remove(entry.id());
        note(entry);
      }
      case Directories(var all) -> peers.are(all).forEach(this::tellAll);
      case ReadAll(var replyTo) -> replyTo.tell(List.copyOf(entries.values()));
      case ReadCandidates(var replyTo) -> replyTo.tell(roster.expected());
      case PickWitnesses(var node, var most, var replyTo) ->
          replyTo.tell(new Inquiry.Witnesses(witnesses(node, most)));
      case Count(var replyTo) -> replyTo.tell(population());
    }
    return this;
  }

  private void update(Entry entry) {
    own.add(entry.id());
    peers.tell(new Relayed(entry));
    note(entry);
  }

  private Optional<ActorRef<AgentSession.Command>> session(NodeId id) {
    return Optional.ofNullable(entries.get(id)).flatMap(Entry::session);
  }

  private void tellAll(ActorRef<Command> newcomer) {
    entries.values().stream()
        .filter(entry -> own.contains(entry.id()))
        .forEach(entry -> newcomer.tell(new Relayed(entry)));
  }

  private void note(Entry entry) {
    Optional<Entry> before = Optional.ofNullable(entries.put(entry.id(), entry));
    if (before.isEmpty()) {
      ids.add(entry.id());
    }
    if (!before.equals(Optional.of(entry))) {
      roster.show(entry);
      doubt(entry);
      count(before.map(Entry::word), entry.word());
    }
  }

  private void doubt(Entry entry) {
    if (entry.doubted() ? doubted.add(entry.id()) : doubted.remove(entry.id())) {
      hub.tell(new RoutingHub.Doubt(doubted));
    }
  }

  private List<ActorRef<AgentSession.Command>> witnesses(NodeId node, int most) {
    Set<ActorRef<AgentSession.Command>> picked = new HashSet<>();
    for (int i = 0; i < PICKS && picked.size() < most && !ids.isEmpty(); i++) {
      NodeId id = ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
      Optional.ofNullable(entries.get(id))
          .filter(entry -> entry.condition() == NodeCondition.READY && !id.equals(node))
          .flatMap(Entry::session)
          .ifPresent(picked::add);
    }
    return List.copyOf(picked);
  }

  private Population population() {
    Map<String, Integer> trusted = new HashMap<>();
    int nodes = 0;
    for (Entry entry : entries.values()) {
      nodes += entry.condition() == NodeCondition.LOST ? 0 : 1;
      if (entry.condition() == NodeCondition.READY) {
        entry
            .session()
            .ifPresent(
                session ->
                    trusted.merge(Homes.of(session, getContext().getSystem()), 1, Integer::sum));
      }
    }
    return new Population(nodes, trusted);
  }

  private void count(Optional<String> before, String now) {
    before.ifPresent(word -> counts.merge(word, -1, Integer::sum));
    counts.merge(now, 1, Integer::sum);
    WORDS.forEach(word -> metrics.nodesIn(word, counts.getOrDefault(word, 0)));
  }
}
