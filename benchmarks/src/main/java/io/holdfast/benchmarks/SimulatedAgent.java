package io.holdfast.benchmarks;

import com.google.protobuf.Duration;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.AgentLinkGrpc;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.Heartbeat;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.Snapshot;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.InstanceDigest;
import io.holdfast.protocol.wire.WireTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An agent without a host, on a {@link Loop}: it beats as the supervisor asks, and what it is told
 * to launch or to stop is ready or dead at once.
 */
final class SimulatedAgent implements StreamObserver<SupervisorMessage> {

  private static final int FIRST_PORT = 20_000;
  private static final java.time.Duration AGAIN_AFTER = java.time.Duration.ofSeconds(1);

  private final String node;
  private final Loop loop;
  private final Swarm.Told told;
  private final ManagedChannel channel;
  private StreamObserver<AgentMessage> out;
  private final Map<InstanceId, Report> instances = new LinkedHashMap<>();
  private long digest;
  private java.time.Duration interval = java.time.Duration.ofMillis(500);
  private long sequence;
  private long beatAt;
  private boolean welcome;
  private boolean over;

  SimulatedAgent(String node, Loop loop, ManagedChannel channel, Swarm.Told told) {
    this.node = node;
    this.loop = loop;
    this.told = told;
    this.channel = channel;
    this.out = introduced();
  }

  private StreamObserver<AgentMessage> introduced() {
    StreamObserver<AgentMessage> stream = AgentLinkGrpc.newStub(channel).connect(this);
    stream.onNext(
        AgentMessage.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setNodeId(node)
                    .setAgent(node)
                    .setBootId("simulated")
                    .setTakesBudgets(true)
                    .setSnapshot(Snapshot.getDefaultInstance()))
            .build());
    return stream;
  }

  @Override
  public void onNext(SupervisorMessage message) {
    switch (message.getMessageCase()) {
      case WELCOME -> {
        told.welcome();
        welcome = true;
        paced(message.getWelcome().getInterval());
        beatAfter(interval);
      }
      case ACK -> {
        told.acknowledged(System.nanoTime() - beatAt);
        paced(message.getAck().getInterval());
      }
      case LAUNCH -> launch(AgentWire.id(message.getLaunch().getInstance()));
      case STOP -> end(AgentWire.id(message.getStop().getInstance()), ExitCause.REQUESTED);
      case FORGET -> forget(AgentWire.id(message.getForget().getInstance()));
      case SNAPSHOT_REQUEST -> {
        told.doubted();
        snapshot();
      }
      case BUDGET, REFUSED, LOG_REQUEST, LOG_CANCEL, CHECK, MESSAGE_NOT_SET -> {}
    }
  }

  private void paced(Duration wire) {
    interval = WireTime.duration(wire);
  }

  private void beatAfter(java.time.Duration delay) {
    long due = System.nanoTime() + delay.toNanos();
    loop.after(delay, () -> beat(due));
  }

  private void beat(long due) {
    if (!over) {
      beatAt = System.nanoTime();
      told.late(beatAt - due);
      out.onNext(
          AgentMessage.newBuilder()
              .setHeartbeat(Heartbeat.newBuilder().setSequence(++sequence).setDigest(digest))
              .build());
      beatAfter(interval);
    }
  }

  private void launch(InstanceId instance) {
    if (!instances.containsKey(instance)) {
      told.launched();
      note(alive(instance, Phase.STARTING));
      note(alive(instance, Phase.READY));
    }
  }

  private static Report alive(InstanceId instance, Phase phase) {
    return new Report.Alive(
        instance,
        phase,
        1 + instance.epoch(),
        Map.of("http", FIRST_PORT + instance.slot()),
        Instant.now(),
        "");
  }

  int instances() {
    return instances.size();
  }

  /** One instance of the service that is alive here. */
  Optional<InstanceId> living(String service) {
    return instances.values().stream()
        .filter(Report.Alive.class::isInstance)
        .map(Report::instance)
        .filter(instance -> instance.service().value().equals(service))
        .findFirst();
  }

  /** It ends by itself. */
  void fail(InstanceId instance) {
    end(instance, ExitCause.SELF);
  }

  private void end(InstanceId instance, ExitCause cause) {
    if (instances.get(instance) instanceof Report.Alive) {
      Exit exit = new Exit(new ExitStatus.Code(1), cause, Instant.now(), "", List.of());
      note(new Report.Dead(instance, exit, OptionalLong.empty()));
    }
  }

  private void note(Report report) {
    forget(report.instance());
    instances.put(report.instance(), report);
    digest += part(report);
    out.onNext(AgentMessage.newBuilder().setReport(AgentWire.toWire(report)).build());
  }

  private void forget(InstanceId instance) {
    Report before = instances.remove(instance);
    if (before != null) {
      digest -= part(before);
    }
  }

  /** A digest is the sum of those of its parts. */
  private static long part(Report report) {
    Phase phase = report instanceof Report.Alive alive ? alive.phase() : Phase.EXITED;
    return InstanceDigest.of(report.instance(), phase);
  }

  private void snapshot() {
    Snapshot.Builder all = Snapshot.newBuilder();
    instances.values().forEach(report -> all.addReports(AgentWire.toWire(report)));
    out.onNext(AgentMessage.newBuilder().setSnapshot(all).build());
  }

  @Override
  public void onError(Throwable failure) {
    ended(failure.toString());
  }

  @Override
  public void onCompleted() {
    ended("the supervisor has closed the stream");
  }

  private void ended(String why) {
    if (!over && welcome) {
      over = true;
      told.lost(node + ": " + why);
    } else if (!over) {
      told.refused();
      loop.after(AGAIN_AFTER, () -> out = introduced());
    }
  }

  void close() {
    over = true;
    channel.shutdownNow();
  }
}
