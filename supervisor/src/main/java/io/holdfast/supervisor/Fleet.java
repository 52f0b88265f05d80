package io.holdfast.supervisor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Usage;
import io.holdfast.supervisor.api.ControlPlane.LogAnswer;
import io.holdfast.supervisor.api.ControlPlane.LogQuery;
import io.holdfast.supervisor.api.NodeStatus;
import io.holdfast.supervisor.api.ServiceDetail;
import io.holdfast.supervisor.api.ServiceDetail.InstanceStatus;
import io.holdfast.supervisor.node.AgentSession;
import io.holdfast.supervisor.node.AgentSession.Pulse;
import io.holdfast.supervisor.node.LogSink;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.node.NodeDirectory;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What is asked of nodes and their agents. */
final class Fleet {

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(3);
  private static final Pulse NO_PULSE =
      new Pulse(Optional.empty(), List.of(), Map.of(), Optional.empty(), Map.of());

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final ActorRef<NodeDirectory.Command> directory;

  Fleet(
      ActorSystem<?> system, ClusterSharding sharding, ActorRef<NodeDirectory.Command> directory) {
    this.system = system;
    this.sharding = sharding;
    this.directory = directory;
  }

  CompletionStage<List<NodeStatus>> nodes() {
    CompletionStage<List<NodeDirectory.Entry>> entries =
        AskPattern.ask(directory, NodeDirectory.ReadAll::new, ANSWER_DEADLINE, system.scheduler());
    return entries.thenCompose(all -> Stages.all(all.stream().map(this::status).toList()));
  }

  private CompletionStage<NodeStatus> status(NodeDirectory.Entry entry) {
    return entry
        .session()
        .map(
            session ->
                pulse(session)
                    .thenApply(pulse -> status(entry, pulse))
                    .exceptionally(_ -> status(entry.withoutSession(), NO_PULSE)))
        .orElseGet(() -> CompletableFuture.completedFuture(status(entry, NO_PULSE)));
  }

  /** A session that has just ended does not answer; then nothing is known of its agent. */
  private CompletionStage<Pulse> pulse(ActorRef<AgentSession.Command> session) {
    return AskPattern.ask(
        session, AgentSession.ReadPulse::new, ANSWER_DEADLINE, system.scheduler());
  }

  private static NodeStatus status(NodeDirectory.Entry entry, Pulse pulse) {
    return new NodeStatus(
        entry.id(),
        state(entry, pulse),
        entry.profile().address(),
        entry.profile().zone(),
        entry.profile().labels(),
        entry.profile().attributes(),
        entry.profile().cpus(),
        entry.profile().memoryBytes(),
        pulse.silence(),
        pulse.alive(),
        entry.reserved(),
        pulse.host());
  }

  /** What its agent still runs is news of this moment, while a drain is recorded as done once. */
  private static String state(NodeDirectory.Entry entry, Pulse pulse) {
    String word = entry.word();
    return word.equals(NodeDirectory.Entry.DRAINED) && !pulse.alive().isEmpty()
        ? NodeDirectory.Entry.DRAINING
        : word;
  }

  /** The same with what the agents of its instances have observed. */
  CompletionStage<ServiceDetail> observed(ServiceDetail detail) {
    Set<NodeId> nodes =
        detail.instances().stream().map(InstanceStatus::node).collect(Collectors.toSet());
    CompletionStage<List<NodeDirectory.Entry>> entries =
        AskPattern.ask(directory, NodeDirectory.ReadAll::new, ANSWER_DEADLINE, system.scheduler());
    return entries
        .thenCompose(
            all ->
                Stages.all(
                    all.stream()
                        .filter(entry -> nodes.contains(entry.id()))
                        .flatMap(entry -> entry.session().stream())
                        .map(session -> pulse(session).exceptionally(_ -> NO_PULSE))
                        .toList()))
        .thenApply(pulses -> observed(detail, pulses));
  }

  private static ServiceDetail observed(ServiceDetail detail, List<Pulse> pulses) {
    Map<InstanceId, Usage> usage = new HashMap<>();
    Map<InstanceId, String> probes = new HashMap<>();
    for (Pulse pulse : pulses) {
      usage.putAll(pulse.instances());
      probes.putAll(pulse.probes());
    }
    return detail.withUsage(usage).withProbes(probes);
  }

  CompletionStage<LogAnswer> logs(ServiceDetail detail, LogQuery query) {
    Optional<InstanceStatus> wanted =
        detail.instances().stream()
            .filter(each -> isWanted(each, query.slot()))
            .min(
                Comparator.comparingInt((InstanceStatus each) -> each.id().slot())
                    .thenComparingLong(each -> -each.id().epoch()));
    return wanted
        .map(instance -> read(instance, query))
        .orElseGet(
            () ->
                CompletableFuture.completedFuture(
                    new LogAnswer.None("nothing of it has been launched yet")));
  }

  private static boolean isWanted(InstanceStatus instance, OptionalInt slot) {
    return slot.isEmpty() || slot.getAsInt() == instance.id().slot();
  }

  private CompletionStage<LogAnswer> read(InstanceStatus instance, LogQuery query) {
    LogSink.Opened sink = LogSink.open(system);
    sharding
        .entityRefFor(NodeActor.KEY, instance.node().value())
        .tell(
            new NodeActor.ReadLogs(
                new AgentSession.LogWanted(
                    query.service(),
                    instance.id().slot(),
                    query.previous(),
                    query.tail(),
                    query.follow(),
                    sink.writer())));
    return sink.answer()
        .toCompletableFuture()
        .completeOnTimeout(
            new LogAnswer.None("the agent did not answer"),
            ANSWER_DEADLINE.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
