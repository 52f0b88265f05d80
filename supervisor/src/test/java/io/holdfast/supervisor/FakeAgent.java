package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.instance.Usage;
import io.holdfast.protocol.agent.AgentLinkGrpc;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.Heartbeat;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.Snapshot;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.security.SupervisorChannels;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.InstanceDigest;
import io.holdfast.protocol.wire.UsageWire;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An agent without a host: it says what a test tells it to, and shows what it is told. */
final class FakeAgent implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final long BEAT_MILLIS = 500;

  private final String agent;
  private final SupervisorChannels channels;
  private final ManagedChannel channel;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final StreamObserver<AgentMessage> out;
  private final BlockingQueue<SupervisorMessage> heard = new LinkedBlockingQueue<>();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private FakeAgent(String agent, SupervisorChannels channels, InetSocketAddress supervisor) {
    this.agent = agent;
    this.channels = channels;
    channel = channels.to(supervisor).build();
    out =
        AgentLinkGrpc.newStub(channel)
            .connect(
                new StreamObserver<>() {
                  @Override
                  public void onNext(SupervisorMessage message) {
                    heard.add(message);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    end.complete(channels.trouble(failure, false));
                  }

                  @Override
                  public void onCompleted() {}
                });
  }

  /** Connects as {@code node}, knowing of {@code reports}, and waits for its welcome. */
  static FakeAgent connected(InetSocketAddress supervisor, String node, Report... reports)
      throws InterruptedException {
    return connected(SupervisorChannels.open(), supervisor, node, reports);
  }

  static FakeAgent connected(
      SupervisorChannels channels, InetSocketAddress supervisor, String node, Report... reports)
      throws InterruptedException {
    FakeAgent agent = introduced(UUID.randomUUID().toString(), channels, supervisor, node, reports);
    agent.await(SupervisorMessage::hasWelcome);
    return agent;
  }

  static FakeAgent introduced(InetSocketAddress supervisor, String node, Report... reports) {
    return introduced(
        UUID.randomUUID().toString(), SupervisorChannels.open(), supervisor, node, reports);
  }

  /** The same agent on a new stream, tried until a supervisor takes it. */
  FakeAgent anew(InetSocketAddress supervisor, String node, Report... reports)
      throws InterruptedException {
    while (true) {
      FakeAgent next = introduced(agent, channels, supervisor, node, reports);
      if (next.await(one -> one.hasWelcome() || one.hasRefused()).hasWelcome()) {
        return next;
      }
      next.close();
    }
  }

  /** One that says which data directory it has. */
  static FakeAgent identified(
      String identity, InetSocketAddress supervisor, String node, Report... reports) {
    return introduced(
        UUID.randomUUID().toString(),
        identity,
        SupervisorChannels.open(),
        supervisor,
        node,
        reports);
  }

  private static FakeAgent introduced(
      String name,
      SupervisorChannels channels,
      InetSocketAddress supervisor,
      String node,
      Report... reports) {
    return introduced(name, "", channels, supervisor, node, reports);
  }

  private static FakeAgent introduced(
      String name,
      String identity,
      SupervisorChannels channels,
      InetSocketAddress supervisor,
      String node,
      Report... reports) {
    FakeAgent agent = new FakeAgent(name, channels, supervisor);
    List<io.holdfast.protocol.agent.Report> wire =
        Arrays.stream(reports).map(AgentWire::toWire).toList();
    agent.say(
        AgentMessage.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setNodeId(node)
                    .setBootId("boot")
                    .setCpus(2)
                    .setMemoryBytes(1L << 30)
                    .setVersion("test")
                    .setAgent(name)
                    .setIdentity(identity)
                    .setSnapshot(Snapshot.newBuilder().addAllReports(wire)))
            .build());
    return agent;
  }

  /** Why its stream has ended, when it does. */
  String awaitEnd() throws Exception {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static Report alive(InstanceId instance, Phase phase, long pid, int port) {
    return new Report.Alive(instance, phase, pid, Map.of("http", port), Instant.now(), "");
  }

  static Report killed(InstanceId instance) {
    return new Report.Dead(
        instance,
        new Exit(
            new ExitStatus.Signal("KILL", false),
            ExitCause.SELF,
            Instant.now(),
            "",
            List.of("last words")));
  }

  static Report stopped(InstanceId instance) {
    return new Report.Dead(
        instance,
        new Exit(
            new ExitStatus.Signal("TERM", false),
            ExitCause.REQUESTED,
            Instant.now(),
            "",
            List.of()));
  }

  void report(Report report) {
    say(AgentMessage.newBuilder().setReport(AgentWire.toWire(report)).build());
  }

  /** A heartbeat with what has been measured; the supervisor asks for no snapshot for it. */
  void measured(HostUsage host, Map<InstanceId, Usage> instances) {
    Map<InstanceId, Phase> phases = new HashMap<>();
    instances.keySet().forEach(instance -> phases.put(instance, Phase.READY));
    say(
        AgentMessage.newBuilder()
            .setHeartbeat(
                Heartbeat.newBuilder()
                    .setSequence(1)
                    .setDigest(InstanceDigest.of(phases))
                    .setUsage(UsageWire.toWire(host, instances)))
            .build());
  }

  InstanceId awaitLaunch() throws InterruptedException {
    return AgentWire.id(await(SupervisorMessage::hasLaunch).getLaunch().getInstance());
  }

  InstanceId awaitStop() throws InterruptedException {
    return AgentWire.id(await(SupervisorMessage::hasStop).getStop().getInstance());
  }

  InstanceId awaitForget() throws InterruptedException {
    return AgentWire.id(await(SupervisorMessage::hasForget).getForget().getInstance());
  }

  /** True when a message of a kind has come and nobody has awaited it or a later one yet. */
  boolean hasHeard(Predicate<SupervisorMessage> kind) {
    return heard.stream().anyMatch(kind);
  }

  /** The next message of a kind; others are dropped. */
  SupervisorMessage await(Predicate<SupervisorMessage> kind) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      SupervisorMessage message = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(message).as("the supervisor said nothing of the kind").isNotNull();
      if (message != null && kind.test(message)) {
        return message;
      }
    }
  }

  /** Its heart beats from now on; without that it is given up after some seconds. */
  FakeAgent beating() {
    var _ =
        heart.scheduleAtFixedRate(
            () -> measured(new HostUsage(OptionalDouble.empty(), 0, 0, 0), Map.of()),
            0,
            BEAT_MILLIS,
            TimeUnit.MILLISECONDS);
    return this;
  }

  /** Its heart stands still, and its stream stays open. */
  void fallsSilent() {
    heart.shutdownNow();
  }

  private synchronized void say(AgentMessage message) {
    out.onNext(message);
  }

  @Override
  public void close() {
    heart.shutdownNow();
    channel.shutdownNow();
  }
}
