package io.holdfast.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.CannotStart;
import io.holdfast.protocol.agent.AgentLinkGrpc;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.Heartbeat;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.Snapshot;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.wire.InstanceDigest;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a heartbeat and its acknowledgement cost a supervisor in CPU time: agents without hosts beat
 * twice a second each; the CPU of the whole process, theirs included, is divided by the beats.
 */
final class Heartbeats {

  private static final int AGENTS = 500;
  private static final int SECONDS = 20;
  private static final long PERIOD_MILLIS = 500;
  private static final long NO_INSTANCES = InstanceDigest.of(Map.of());

  private final AtomicLong acknowledged = new AtomicLong();
  private final CountDownLatch welcome = new CountDownLatch(AGENTS);

  private Heartbeats() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("holdfast-heartbeats");
    new Heartbeats().run(data);
    House.delete(data);
    System.exit(0);
  }

  private void run(Path data) throws CannotStart, InterruptedException, IOException {
    try (Supervisor supervisor =
        Supervisor.start(new SupervisorSettings(House.free(), House.free(), House.free(), data))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(supervisor.grpcAddress()).usePlaintext().build();
      List<StreamObserver<AgentMessage>> agents = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        agents.add(connect(channel, "agent-" + i));
      }
      if (!welcome.await(60, TimeUnit.SECONDS)) {
        throw new IOException("not every agent was welcome");
      }
      try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
        long[] sequence = {0};
        Future<?> beating =
            clock.scheduleAtFixedRate(
                () -> beat(agents, ++sequence[0]), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        TimeUnit.SECONDS.sleep(5);
        report();
        beating.cancel(false);
      }
      channel.shutdownNow();
    }
  }

  private void report() throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long beats = acknowledged.get();
    TimeUnit.SECONDS.sleep(SECONDS);
    long spent = system.getProcessCpuTime() - cpu;
    long counted = acknowledged.get() - beats;
    IO.println(
        String.format(
            Locale.ROOT,
            "heartbeat and ack, both ends in one process: agents=%d beats=%d cpu=%.1f us each",
            AGENTS,
            counted,
            spent / 1e3 / counted));
  }

  private static void beat(List<StreamObserver<AgentMessage>> agents, long sequence) {
    AgentMessage message =
        AgentMessage.newBuilder()
            .setHeartbeat(Heartbeat.newBuilder().setSequence(sequence).setDigest(NO_INSTANCES))
            .build();
    agents.forEach(agent -> agent.onNext(message));
  }

  private StreamObserver<AgentMessage> connect(ManagedChannel channel, String node) {
    StreamObserver<AgentMessage> out = AgentLinkGrpc.newStub(channel).connect(new Acks());
    out.onNext(
        AgentMessage.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setNodeId(node)
                    .setBootId("benchmark")
                    .setSnapshot(Snapshot.getDefaultInstance()))
            .build());
    return out;
  }

  private final class Acks implements StreamObserver<SupervisorMessage> {

    @Override
    public void onNext(SupervisorMessage message) {
      if (message.hasWelcome()) {
        welcome.countDown();
      } else if (message.hasAck()) {
        acknowledged.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable failure) {
      // Missing acknowledgements show in the count.
    }

    @Override
    public void onCompleted() {}
  }
}
