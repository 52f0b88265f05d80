package io.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.InstanceId;
import io.holdfast.core.detection.Reach;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Budget;
import io.holdfast.protocol.agent.AgentLinkGrpc;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.Checked;
import io.holdfast.protocol.agent.EpochBlock;
import io.holdfast.protocol.agent.Forget;
import io.holdfast.protocol.agent.Heartbeat;
import io.holdfast.protocol.agent.HeartbeatAck;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.Launch;
import io.holdfast.protocol.agent.LogCancel;
import io.holdfast.protocol.agent.LogChunk;
import io.holdfast.protocol.agent.LogRequest;
import io.holdfast.protocol.agent.Refused;
import io.holdfast.protocol.agent.Snapshot;
import io.holdfast.protocol.agent.SnapshotRequest;
import io.holdfast.protocol.agent.Stop;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.agent.Welcome;
import io.holdfast.protocol.reach.Target;
import io.holdfast.protocol.spec.SpecWriter;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.ReachWire;
import io.holdfast.protocol.wire.WireTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A supervisor that welcomes every agent, acknowledges every beat, and does as the test says. */
final class FakeSupervisor implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Hello> hellos = new LinkedBlockingQueue<>();
  private final Map<InstanceId, BlockingQueue<Report>> reports = new ConcurrentHashMap<>();
  private final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
  private final BlockingQueue<Heartbeat> beats = new LinkedBlockingQueue<>();
  private final BlockingQueue<LogChunk> chunks = new LinkedBlockingQueue<>();
  private final BlockingQueue<AgentMessage> leavings = new LinkedBlockingQueue<>();
  private final BlockingQueue<Checked> checks = new LinkedBlockingQueue<>();
  private final Server server;
  private volatile Optional<StreamObserver<SupervisorMessage>> stream = Optional.empty();
  private long requests = 1_000;
  private volatile Optional<String> refusal = Optional.empty();
  private volatile boolean silent;

  private FakeSupervisor(int port) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(new Service())
            .build()
            .start();
  }

  static FakeSupervisor start() throws IOException {
    return new FakeSupervisor(0);
  }

  static FakeSupervisor startAt(InetSocketAddress address) throws IOException {
    return new FakeSupervisor(address.getPort());
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  void refuse(String reason) {
    refusal = Optional.of(reason);
  }

  void accept() {
    refusal = Optional.empty();
  }

  void answerBeats(boolean whether) {
    silent = !whether;
  }

  Hello hello() throws InterruptedException {
    return taken(hellos, "a greeting");
  }

  Heartbeat beat() throws InterruptedException {
    return taken(beats, "a heartbeat");
  }

  /** Waits for a beat that is {@code wanted}, for as long as a hundred beats take. */
  void beat(Predicate<Heartbeat> wanted) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (wanted.test(beat())) {
        return;
      }
    }
    throw new AssertionError("no such heartbeat came");
  }

  Snapshot snapshot() throws InterruptedException {
    send(SupervisorMessage.newBuilder().setSnapshotRequest(SnapshotRequest.getDefaultInstance()));
    return taken(snapshots, "a snapshot");
  }

  void launch(InstanceId id, ServiceSpec spec) {
    launchText(id, SpecWriter.json(spec));
  }

  void launchText(InstanceId id, String spec) {
    Launch launch = Launch.newBuilder().setInstance(AgentWire.ref(id)).setSpecJson(spec).build();
    send(SupervisorMessage.newBuilder().setLaunch(launch));
  }

  void stop(InstanceId id) {
    Stop stop = Stop.newBuilder().setInstance(AgentWire.ref(id)).build();
    send(SupervisorMessage.newBuilder().setStop(stop));
  }

  void forget(InstanceId id) {
    Forget forget = Forget.newBuilder().setInstance(AgentWire.ref(id)).build();
    send(SupervisorMessage.newBuilder().setForget(forget));
  }

  void delegate(Budget budget) {
    var word =
        io.holdfast.protocol.agent.Budget.newBuilder()
            .setService(budget.service().value())
            .setSeries(budget.series())
            .setSeen(budget.seen())
            .setLimit(budget.limit())
            .setValidFor(WireTime.duration(budget.validFor()));
    budget
        .blocks()
        .forEach(
            (slot, block) ->
                word.addBlocks(
                    EpochBlock.newBuilder()
                        .setSlot(slot)
                        .setFirst(block.first())
                        .setLast(block.last())));
    send(SupervisorMessage.newBuilder().setBudget(word));
  }

  void requestLog(LogRequest request) {
    send(SupervisorMessage.newBuilder().setLogRequest(request));
  }

  void cancelLog(long request) {
    send(SupervisorMessage.newBuilder().setLogCancel(LogCancel.newBuilder().setRequest(request)));
  }

  /** Waits until an instance has printed {@code text}. */
  void followUntil(InstanceId id, String text) throws InterruptedException {
    long request = ++requests;
    requestLog(
        LogRequest.newBuilder()
            .setRequest(request)
            .setService(id.service().value())
            .setSlot(id.slot())
            .setFollow(true)
            .build());
    assertThat(log(so -> so.contains(text))).contains(text);
    cancelLog(request);
  }

  /** Ends the agent's stream; the agent may come again. */
  void drop() {
    stream.orElseThrow().onCompleted();
  }

  void leaving() throws InterruptedException {
    taken(leavings, "a farewell");
  }

  /** What the agent finds at these endpoints. */
  List<Reach> check(List<Target> targets) throws InterruptedException {
    send(
        SupervisorMessage.newBuilder()
            .setCheck(ReachWire.check(1, targets, Duration.ofSeconds(5))));
    return ReachWire.reaches(taken(checks, "what it found"));
  }

  LogChunk chunk() throws InterruptedException {
    return taken(chunks, "a piece of a log");
  }

  /** All of a log up to its end, or up to a text that it must hold. */
  String log(Predicate<String> enough) throws InterruptedException {
    ByteString data = ByteString.EMPTY;
    while (true) {
      LogChunk chunk = chunk();
      data = data.concat(chunk.getData());
      if (chunk.getEnd() || enough.test(data.toStringUtf8())) {
        return data.toStringUtf8();
      }
    }
  }

  Report.Alive alive(InstanceId id, Phase phase) throws InterruptedException {
    while (true) {
      if (report(id) instanceof Report.Alive alive && alive.phase() == phase) {
        return alive;
      }
    }
  }

  Exit dead(InstanceId id) throws InterruptedException {
    return end(id).exit();
  }

  Report.Dead end(InstanceId id) throws InterruptedException {
    while (true) {
      if (report(id) instanceof Report.Dead dead) {
        return dead;
      }
    }
  }

  /** The next report on an instance; what is said of others meanwhile waits. */
  private Report report(InstanceId id) throws InterruptedException {
    return taken(reportsOn(id), "a report on " + id);
  }

  private BlockingQueue<Report> reportsOn(InstanceId id) {
    return reports.computeIfAbsent(id, _ -> new LinkedBlockingQueue<>());
  }

  List<Report> reported(Snapshot snapshot) {
    return snapshot.getReportsList().stream().map(AgentWire::fromWire).toList();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      assertThat(server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void send(SupervisorMessage.Builder message) {
    stream.orElseThrow().onNext(message.build());
  }

  private static <T> T taken(BlockingQueue<T> queue, String what) throws InterruptedException {
    T element = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (element == null) {
      throw new AssertionError("the agent did not send " + what);
    }
    return element;
  }

  private final class Service extends AgentLinkGrpc.AgentLinkImplBase {

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<SupervisorMessage> answers) {
      return new StreamObserver<>() {
        @Override
        public void onNext(AgentMessage message) {
          heard(message, answers);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          answers.onCompleted();
        }
      };
    }

    private void heard(AgentMessage message, StreamObserver<SupervisorMessage> answers) {
      switch (message.getMessageCase()) {
        case HELLO -> greet(message.getHello(), answers);
        case HEARTBEAT -> {
          if (!silent) {
            acknowledge(message.getHeartbeat());
          }
          beats.add(message.getHeartbeat());
        }
        case REPORT -> {
          Report report = AgentWire.fromWire(message.getReport());
          reportsOn(report.instance()).add(report);
        }
        case SNAPSHOT -> snapshots.add(message.getSnapshot());
        case LOG -> chunks.add(message.getLog());
        case LEAVING -> leavings.add(message);
        case CHECKED -> checks.add(message.getChecked());
        case MESSAGE_NOT_SET -> throw new AssertionError("an empty message");
      }
    }

    private void greet(Hello hello, StreamObserver<SupervisorMessage> answers) {
      stream = Optional.of(answers);
      if (refusal.isPresent()) {
        send(
            SupervisorMessage.newBuilder()
                .setRefused(Refused.newBuilder().setReason(refusal.get())));
      } else {
        send(
            SupervisorMessage.newBuilder()
                .setWelcome(
                    Welcome.newBuilder()
                        .setLease(WireTime.duration(LEASE))
                        .setInterval(WireTime.duration(INTERVAL))));
      }
      hellos.add(hello);
    }

    private void acknowledge(Heartbeat beat) {
      send(
          SupervisorMessage.newBuilder()
              .setAck(
                  HeartbeatAck.newBuilder()
                      .setSequence(beat.getSequence())
                      .setLease(WireTime.duration(LEASE))
                      .setInterval(WireTime.duration(INTERVAL))));
    }
  }
}
