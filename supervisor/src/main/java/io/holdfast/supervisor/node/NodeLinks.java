package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Drain;
import io.holdfast.core.placement.Share;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What a node's actor knows and need not record: the session, the books, who is interested. */
final class NodeLinks {

  private static final int MOST_INTERESTED = 100_000;

  /** Looked at together; others have their turn the next time. */
  private static final int MOST_DOORS = 32;

  private final NodeId id;
  private final ActorRef<NodeDirectory.Command> directory;
  private final Callers callers;
  private final Books books = new Books();
  private final Set<ServiceName> unconfirmed = new HashSet<>();
  private final Set<ServiceName> interested = new HashSet<>();
  private final Map<ServiceName, Map<InstanceId, Door>> doors = new HashMap<>();
  private final LongSupplier ticker;
  private final long begun;
  private Optional<ActorRef<AgentSession.Command>> session = Optional.empty();
  private Optional<NodeDirectory.Entry> told = Optional.empty();
  private String agent = "";
  private String home = "";
  private boolean leaving;

  /** What was acknowledged before is not known after a restart: silence begins with this. */
  private long awaySince;

  NodeLinks(
      NodeId id, ActorRef<NodeDirectory.Command> directory, Callers callers, LongSupplier ticker) {
    this.ticker = ticker;
    this.begun = ticker.getAsLong();
    this.awaySince = begun;
    this.id = id;
    this.directory = directory;
    this.callers = callers;
  }

  boolean isCurrent(ActorRef<AgentSession.Command> other) {
    return session.equals(Optional.of(other));
  }

  Optional<ActorRef<AgentSession.Command>> session() {
    return session;
  }

  /** Those that have a place here. */
  Set<ServiceName> services() {
    return books.services();
  }

  /** Whether nothing is here, once services have had the time to say so. */
  boolean isEmpty() {
    return books.load() == 0 && ticker.getAsLong() - begun >= NodeActor.PATIENCE.toNanos();
  }

  boolean isConnected() {
    return session.isPresent();
  }

  /** Whether the session of another agent has not ended; it does once that is silent. */
  boolean hasRival(ActorRef<AgentSession.Command> newcomer, String itsAgent) {
    boolean same = !itsAgent.isBlank() && itsAgent.equals(agent);
    return !same && session.filter(current -> !current.equals(newcomer)).isPresent();
  }

  /**
   * An agent introduces itself.
   *
   * @param itsHome the supervisor node where its session is
   */
  void connected(ActorRef<AgentSession.Command> newcomer, String itsAgent, String itsHome) {
    session
        .filter(last -> !last.equals(newcomer))
        .ifPresent(last -> last.tell(new AgentSession.Superseded()));
    session = Optional.of(newcomer);
    agent = itsAgent;
    home = itsHome;
    leaving = false;
    askAll();
  }

  /** What they have here. */
  void askAll() {
    concerned().forEach(service -> callers.nodeConnected(service, id));
  }

  /**
   * What those have here who have reserved a place and not spoken of it since: the answer may have
   * come too late for them, or what they launched there ended before they did.
   *
   * @param everybody those too who have spoken, as nothing may be left by mistake
   */
  void askUnconfirmed(boolean everybody) {
    unconfirmed.retainAll(books.services());
    (everybody ? books.services() : Set.copyOf(unconfirmed))
        .forEach(service -> callers.nodeConnected(service, id));
  }

  private Set<ServiceName> concerned() {
    Set<ServiceName> all = new HashSet<>(interested);
    all.addAll(books.services());
    return all;
  }

  /** What was on it is to be replaced. */
  void condemned() {
    concerned().forEach(service -> away(service, true));
  }

  private void away(ServiceName service, boolean lost) {
    callers.nodeAway(service, id, Duration.ofNanos(ticker.getAsLong() - awaySince), lost);
  }

  /** The supervisor node where the session of its agent is or was; blank before any. */
  String home() {
    return home;
  }

  /** Some of the doors that services say they have here. */
  Map<InstanceId, Door> someDoors() {
    List<Map.Entry<InstanceId, Door>> all =
        doors.values().stream()
            .flatMap(some -> some.entrySet().stream())
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(all, ThreadLocalRandom.current());
    return all.stream()
        .limit(MOST_DOORS)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void disconnected() {
    session = Optional.empty();
    awaySince = ticker.getAsLong();
  }

  void leaving(ActorRef<AgentSession.Command> who) {
    leaving = leaving || isCurrent(who);
  }

  NodeActor.ReserveAnswer reserve(NodeState state, NodeActor.Reserve reserve) {
    unconfirmed.add(reserve.service());
    return closed(state)
        .or(() -> books.reserve(reserve.service(), reserve.place(), whole(state)))
        .<NodeActor.ReserveAnswer>map(NodeActor.ReserveAnswer.Refused::new)
        .orElseGet(NodeActor.ReserveAnswer.Reserved::new);
  }

  void confirm(NodeState state, NodeActor.Confirm confirm) {
    unconfirmed.remove(confirm.service());
    books.replace(confirm.service(), confirm.places());
    if (interested.size() < MOST_INTERESTED) {
      interested.add(confirm.service());
    }
    if (confirm.doors().isEmpty()) {
      doors.remove(confirm.service());
    } else {
      doors.put(confirm.service(), confirm.doors());
    }
    session.ifPresentOrElse(
        current ->
            current.tell(
                new AgentSession.Confirm(confirm.service(), confirm.instances(), confirm.budget())),
        () -> away(confirm.service(), state.is(NodeCondition.LOST)));
  }

  void deliver(SupervisorMessage message) {
    session.ifPresent(current -> current.tell(new AgentSession.Deliver(message)));
  }

  void readLogs(AgentSession.LogWanted wanted) {
    session.ifPresentOrElse(
        current -> current.tell(new AgentSession.ReadLogs(wanted)),
        () ->
            wanted
                .reader()
                .tell(new LogPart.Refused("the agent of node '" + id + "' is not connected")));
  }

  /** This actor has just come up, and knows of no session: there may be one all the same. */
  void recall(NodeState state) {
    entry(state, false).ifPresent(entry -> directory.tell(new NodeDirectory.Recall(entry)));
  }

  void publish(NodeState state, boolean doubted) {
    entry(state, doubted).ifPresent(this::tell);
  }

  /** Unless the directory was told just that. */
  void publishNews(NodeState state, boolean doubted) {
    entry(state, doubted).filter(entry -> !Optional.of(entry).equals(told)).ifPresent(this::tell);
  }

  private void tell(NodeDirectory.Entry entry) {
    told = Optional.of(entry);
    directory.tell(new NodeDirectory.Update(entry));
  }

  private Optional<NodeDirectory.Entry> entry(NodeState state, boolean doubted) {
    return state instanceof NodeState.Seen(var profile, var condition, var drain)
        ? Optional.of(
            new NodeDirectory.Entry(
                id,
                profile,
                condition,
                doubted || condition == NodeCondition.LOST,
                closed(state).isEmpty(),
                drain.isPresent(),
                drain.filter(Drain::done).isPresent(),
                books.load(),
                books.taken().memory(),
                books.taken().cpu(),
                session))
        : Optional.empty();
  }

  /** Why it takes no instances; one that nobody has seen yet takes none either. */
  private Optional<String> closed(NodeState state) {
    return state instanceof NodeState.Seen(_, var condition, var drain)
        ? Admission.refusal(condition, drain.isPresent(), session.isPresent() && !leaving)
        : Optional.of("has not joined yet");
  }

  private static Share whole(NodeState state) {
    return state instanceof NodeState.Seen(var profile, _, _) ? profile.size() : Share.NONE;
  }
}
