package io.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.agent.process.LaunchWay;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.instance.ProbeKind;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProberTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path directory;
  private final BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
  private Processes processes;
  private HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int status = 200;

  @BeforeEach
  void start() throws Exception {
    processes = Processes.start(Clock.systemUTC());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ready",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    processes.close();
  }

  @Test
  void goodStatusesPass() throws Exception {
    for (int good : List.of(200, 204, 302, 399)) {
      status = good;
      assertThat(first(http(), PATIENT)).isEqualTo(ProbeResult.passed());
    }
  }

  @Test
  void badStatusesMissAndSayWhat() throws Exception {
    for (int bad : List.of(400, 404, 503)) {
      status = bad;
      assertThat(first(http(), PATIENT))
          .isEqualTo(ProbeResult.missed("GET /ready on port " + port() + " answered " + bad));
    }
  }

  @Test
  void whoDoesNotListenMisses() throws Exception {
    server.stop(0);

    assertThat(first(http(), PATIENT))
        .isEqualTo(ProbeResult.missed("GET /ready on port " + port() + ": Connection refused"));
  }

  @Test
  void whoAcceptsAndSaysNothingMissesInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProbeResult result =
          first(new ProbeCheck.Http("/ready", "http"), SHORT, silent.getLocalPort());

      assertThat(result)
          .isEqualTo(
              ProbeResult.missed(
                  "GET /ready on port " + silent.getLocalPort() + " got no answer within 100ms"));
    }
  }

  @Test
  void aConnectionThatIsAcceptedPasses() throws Exception {
    assertThat(first(new ProbeCheck.Tcp("http"), PATIENT)).isEqualTo(ProbeResult.passed());
  }

  @Test
  void aConnectionThatIsRefusedMisses() throws Exception {
    server.stop(0);

    assertThat(first(new ProbeCheck.Tcp("http"), PATIENT))
        .isEqualTo(ProbeResult.missed("connection to port " + port() + ": Connection refused"));
  }

  @Test
  void aCommandThatEndsWellPasses() throws Exception {
    assertThat(first(new ProbeCheck.Exec(List.of("true")), PATIENT))
        .isEqualTo(ProbeResult.passed());
  }

  @Test
  void aCommandThatFailsMissesWithItsCode() throws Exception {
    assertThat(first(new ProbeCheck.Exec(List.of("sh", "-c", "exit 4")), PATIENT))
        .isEqualTo(ProbeResult.missed("sh exited with code 4"));
  }

  @Test
  void aCommandThatTakesTooLongIsKilled() throws Exception {
    assertThat(first(new ProbeCheck.Exec(List.of("sleep", "600")), SHORT))
        .isEqualTo(ProbeResult.missed("sleep did not end within 100ms"));
  }

  @Test
  void whatACommandHasStartedIsKilledWithIt() throws Exception {
    Path pid = directory.resolve("pid");
    String script = "sleep 600 & echo $! >" + pid + ".new; mv " + pid + ".new " + pid + "; wait";

    first(new ProbeCheck.Exec(List.of("sh", "-c", script)), Duration.ofSeconds(2));

    long child = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(child)
        .ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(20)));
  }

  @Test
  void onlySoManyCommandsRunAtOnceAndEveryProbeHasItsTurn() throws Exception {
    int probes = 3 * ExecCheck.MOST_AT_ONCE;
    Path log = directory.resolve("log");
    ExecCheck commands = new ExecCheck(processes);
    List<CompletableFuture<ProbeResult>> runs = new ArrayList<>();
    for (int i = 0; i < probes; i++) {
      String script = "echo begin >>" + log + "; sleep 0.02; echo end >>" + log;
      runs.add(inTheBackground(() -> commands.run(List.of("sh", "-c", script), target(), PATIENT)));
    }

    for (CompletableFuture<ProbeResult> run : runs) {
      assertThat(run).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(ProbeResult.passed());
    }

    int running = 0;
    for (String line : Files.readAllLines(log)) {
      running += line.equals("begin") ? 1 : -1;
      assertThat(running).isBetween(0, ExecCheck.MOST_AT_ONCE);
    }
  }

  @Test
  void aCommandThatDoesNotExistMisses() throws Exception {
    assertThat(first(new ProbeCheck.Exec(List.of("nosuch")), PATIENT))
        .isEqualTo(
            ProbeResult.missed("nosuch could not be run: No such file or directory: nosuch"));
  }

  @Test
  void aProbeGoesOnUntilItIsStopped() throws Exception {
    Prober.Running running = probe(http(), PATIENT, port());
    assertThat(next()).isEqualTo(ProbeResult.passed());
    status = 500;

    ProbeResult result = next();
    while (result.equals(ProbeResult.passed())) {
      result = next();
    }

    running.stop();
    assertThat(result).isInstanceOf(ProbeResult.Missed.class);
  }

  @Test
  void whatIsMissedWhileTheAgentStandsStillIsNotTold() throws Exception {
    status = 500;
    PauseWatch stopped = new PauseWatch(System.nanoTime() - PATIENT.toNanos());
    Prober.Running running = probe(http(), PATIENT, port(), stopped);
    while (requests.get() < 3) {
      LockSupport.parkNanos(SHORT.toNanos() / 10);
    }
    status = 200;

    ProbeResult result = next();

    running.stop();
    assertThat(result).isEqualTo(ProbeResult.passed());
  }

  @Test
  void aSilenceWhileTheAgentStandsStillIsNotTold() throws Exception {
    PauseWatch stopped = new PauseWatch(System.nanoTime() - PATIENT.toNanos());
    Notices notices = Notices.none(PATIENT);
    Probe probe = new Probe(new ProbeCheck.Watchdog(SHORT), SHORT, SHORT, 1, 1);
    ProbeOrder order = new ProbeOrder(ProbeKind.LIVENESS, probe, target(), notices, true);
    Prober.Running running = new Prober(processes, stopped).start(order, results::add);
    BlockingQueue<ProbeResult> told = new LinkedBlockingQueue<>();
    PauseWatch awake = new PauseWatch(System.nanoTime() + PATIENT.toNanos() * 10);
    Prober.Running other = new Prober(processes, awake).start(order, told::add);
    for (int i = 0; i < 3; i++) {
      assertThat(told.poll(20, TimeUnit.SECONDS))
          .isEqualTo(ProbeResult.missed("no watchdog message for 100ms"));
    }
    other.stop();
    notices.heard(Notice.parse("WATCHDOG=1"));

    ProbeResult result = next();

    running.stop();
    assertThat(result).isEqualTo(ProbeResult.passed());
  }

  @Test
  void aMissThatNobodyWaitsForIsWorthAWholeInterval() throws Exception {
    status = 503;
    Duration interval = Duration.ofMillis(100);
    BlockingQueue<Long> at = new LinkedBlockingQueue<>();
    Probe probe = new Probe(http(), interval, PATIENT, 3, 1);
    ProbeOrder order =
        new ProbeOrder(ProbeKind.LIVENESS, probe, target(), Notices.none(PATIENT), false);
    PauseWatch awake = new PauseWatch(System.nanoTime() + PATIENT.toNanos() * 10);
    Prober.Running running =
        new Prober(processes, awake).start(order, _ -> at.add(System.nanoTime()));
    long last = at.take();

    for (int i = 0; i < 4; i++) {
      long next = at.take();
      // Less the jitter.
      assertThat(Duration.ofNanos(next - last))
          .isGreaterThan(interval.multipliedBy(4).dividedBy(5));
      last = next;
    }

    running.stop();
  }

  @Test
  void whatTheAgentCannotAskIsNotTheServicesMiss() throws Exception {
    ProbeTarget foreign =
        new ProbeTarget(
            "127.0.0.1",
            Map.of(),
            Map.of("PATH", "/usr/bin:/bin"),
            Path.of("/"),
            Optional.of("somebody-else"),
            command -> command);
    Probe probe =
        new Probe(new ProbeCheck.Exec(List.of("true")), Duration.ofMillis(10), PATIENT, 1, 1);
    PauseWatch awake = new PauseWatch(System.nanoTime() + PATIENT.toNanos() * 10);
    BlockingQueue<ProbeResult> running = new LinkedBlockingQueue<>();
    try (Processes portable = LaunchWay.open(Clock.systemUTC(), directory, true)) {
      Prober prober = new Prober(portable, awake);
      Prober.Running unawaited = prober.start(order(probe, foreign, false), running::add);
      Prober.Running awaited = prober.start(order(probe, foreign, true), results::add);
      for (int i = 0; i < 5; i++) {
        assertThat(next().toString()).contains("cannot run anything as another user");
      }
      unawaited.stop();
      awaited.stop();
    }

    assertThat(running).isEmpty();
  }

  private static ProbeOrder order(Probe probe, ProbeTarget target, boolean awaited) {
    return new ProbeOrder(
        ProbeKind.LIVENESS, probe, target, Notices.none(Duration.ofSeconds(10)), awaited);
  }

  private static ProbeCheck http() {
    return new ProbeCheck.Http("/ready", "http");
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private ProbeResult first(ProbeCheck check, Duration timeout) throws InterruptedException {
    return first(check, timeout, port());
  }

  private ProbeResult first(ProbeCheck check, Duration timeout, int port)
      throws InterruptedException {
    results.clear();
    Prober.Running running = probe(check, timeout, port);
    try {
      return next();
    } finally {
      running.stop();
    }
  }

  private Prober.Running probe(ProbeCheck check, Duration timeout, int port) {
    // A fresh watch that is never ticked would take a slow test for a pause.
    return probe(check, timeout, port, new PauseWatch(System.nanoTime() + PATIENT.toNanos() * 10));
  }

  private Prober.Running probe(ProbeCheck check, Duration timeout, int port, PauseWatch pauses) {
    Probe probe = new Probe(check, Duration.ofMillis(10), timeout, 1, 1);
    ProbeTarget target = target(port);
    return new Prober(processes, pauses)
        .start(
            new ProbeOrder(
                ProbeKind.READINESS, probe, target, Notices.none(Duration.ofSeconds(10)), true),
            results::add);
  }

  private ProbeTarget target() {
    return target(port());
  }

  private ProbeTarget target(int port) {
    return new ProbeTarget(
        "127.0.0.1",
        Map.of("http", port),
        Map.of("PATH", "/usr/bin:/bin"),
        directory,
        Optional.empty(),
        command -> command);
  }

  private static CompletableFuture<ProbeResult> inTheBackground(Callable<ProbeResult> check) {
    CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(check.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private ProbeResult next() throws InterruptedException {
    ProbeResult result = results.poll(20, TimeUnit.SECONDS);
    if (result == null) {
      throw new AssertionError("the probe has said nothing");
    }
    return result;
  }
}
