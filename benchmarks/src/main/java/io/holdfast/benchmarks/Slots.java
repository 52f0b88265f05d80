package io.holdfast.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.supervision.OwnBudget;
import io.holdfast.protocol.agent.AgentLinkGrpc;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.Heartbeat;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.Snapshot;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.BudgetWire;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A service actor with a thousand slots whose instances fail: from the agent's report of a death,
 * and of the restart it has made, to the word that both are on record.
 */
final class Slots implements StreamObserver<SupervisorMessage> {

  private static final int SLOTS = 1_000;
  private static final int FAILURES = 1_000;
  private static final int AT_ONCE = 200;
  private static final long BEAT_MILLIS = 500;

  private final SplittableRandom random = new SplittableRandom(1);
  private final BlockingQueue<InstanceId> launched = new LinkedBlockingQueue<>();
  private final BlockingQueue<InstanceId> forgotten = new LinkedBlockingQueue<>();
  private final List<InstanceId> living = new ArrayList<>();
  private long beats;
  private volatile Optional<OwnBudget> budget = Optional.empty();

  private Slots() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("holdfast-slots");
    new Slots().run(data);
    House.delete(data);
    System.exit(0);
  }

  private void run(Path data) throws Exception {
    try (Supervisor supervisor =
        Supervisor.start(new SupervisorSettings(House.free(), House.free(), House.free(), data))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(supervisor.grpcAddress()).usePlaintext().build();
      StreamObserver<AgentMessage> out = AgentLinkGrpc.newStub(channel).connect(this);
      out.onNext(hello());
      apply(supervisor);
      try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
        Future<?> beating =
            clock.scheduleWithFixedDelay(() -> beat(out), 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        comeUp(out);
        IO.println(oneAfterTheOther(out).line());
        allAtOnce(out);
        beating.cancel(false);
      }
      channel.shutdownNow();
    }
  }

  private static AgentMessage hello() {
    return AgentMessage.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setNodeId("benchmark")
                .setBootId("benchmark")
                .setTakesBudgets(true)
                .setSnapshot(Snapshot.getDefaultInstance()))
        .build();
  }

  private static void apply(Supervisor supervisor) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + supervisor.httpAddress().getPort() + "/v1/apply");
    String body =
        """
        {"name": "web", "instances": %d, "command": ["web"],
         "restart": {"intensity": 1000000, "period": "1h"}}
        """
            .formatted(SLOTS);
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(uri)
                      .POST(HttpRequest.BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        throw new IOException("the service was not applied: " + status);
      }
    }
  }

  private void comeUp(StreamObserver<AgentMessage> out) throws Exception {
    long begun = System.nanoTime();
    for (int slot = 0; slot < SLOTS; slot++) {
      InstanceId instance = next(launched);
      living.add(instance);
      ready(out, instance);
    }
    IO.println(String.format(Locale.ROOT, "%d slots launched in %d ms", SLOTS, since(begun)));
  }

  private Samples oneAfterTheOther(StreamObserver<AgentMessage> out) throws Exception {
    Samples recorded = new Samples("recorded");
    for (int failure = 0; failure < FAILURES; failure++) {
      long begun = System.nanoTime();
      fail(out);
      next(forgotten);
      recorded.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    return recorded;
  }

  private void allAtOnce(StreamObserver<AgentMessage> out) throws Exception {
    long begun = System.nanoTime();
    for (int failure = 0; failure < AT_ONCE; failure++) {
      fail(out);
    }
    for (int failure = 0; failure < AT_ONCE; failure++) {
      next(forgotten);
    }
    IO.println(
        String.format(
            Locale.ROOT, "%d failures at once, recorded in %d ms", AT_ONCE, since(begun)));
  }

  /** As an agent does: the next epoch of its budget, reported with the death. */
  private void fail(StreamObserver<AgentMessage> out) {
    int index = random.nextInt(living.size());
    InstanceId dead = living.get(index);
    Optional<OwnBudget.Use> use = budget.flatMap(own -> own.use(dead, Instant.now()));
    Exit exit =
        new Exit(
            new ExitStatus.Signal("KILL", false), ExitCause.SELF, Instant.now(), "", List.of());
    OptionalLong successor =
        use.map(made -> OptionalLong.of(made.successor().epoch())).orElse(OptionalLong.empty());
    budget = use.map(OwnBudget.Use::rest).or(() -> budget);
    say(out, new Report.Dead(dead, exit, successor));
    if (use.isPresent()) {
      living.set(index, use.get().successor());
      ready(out, use.get().successor());
    } else {
      living.remove(index);
    }
  }

  private static void ready(StreamObserver<AgentMessage> out, InstanceId instance) {
    say(
        out,
        new Report.Alive(
            instance, Phase.READY, 100 + instance.epoch(), Map.of(), Instant.now(), ""));
  }

  private static void say(StreamObserver<AgentMessage> out, Report report) {
    say(out, AgentMessage.newBuilder().setReport(AgentWire.toWire(report)).build());
  }

  private static synchronized void say(StreamObserver<AgentMessage> out, AgentMessage message) {
    out.onNext(message);
  }

  private static InstanceId next(BlockingQueue<InstanceId> queue)
      throws InterruptedException, IOException {
    InstanceId instance = queue.poll(60, TimeUnit.SECONDS);
    if (instance == null) {
      throw new IOException("the supervisor said nothing for a minute");
    }
    return instance;
  }

  private void beat(StreamObserver<AgentMessage> out) {
    say(
        out,
        AgentMessage.newBuilder()
            .setHeartbeat(Heartbeat.newBuilder().setSequence(++beats))
            .build());
  }

  private static long since(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  @Override
  public void onNext(SupervisorMessage message) {
    if (message.hasLaunch()) {
      launched.add(AgentWire.id(message.getLaunch().getInstance()));
    } else if (message.hasForget()) {
      forgotten.add(AgentWire.id(message.getForget().getInstance()));
    } else if (message.hasBudget()) {
      var word = BudgetWire.fromWire(message.getBudget());
      budget =
          Optional.of(
              budget
                  .map(own -> own.renewed(word, Instant.now()))
                  .orElseGet(() -> OwnBudget.of(word, Instant.now())));
    }
  }

  @Override
  public void onError(Throwable failure) {
    // Whoever waits for a word says so.
  }

  @Override
  public void onCompleted() {}
}
