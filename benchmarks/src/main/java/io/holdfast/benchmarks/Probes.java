package io.holdfast.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.holdfast.agent.probe.Notices;
import io.holdfast.agent.probe.PauseWatch;
import io.holdfast.agent.probe.ProbeOrder;
import io.holdfast.agent.probe.ProbeResult;
import io.holdfast.agent.probe.ProbeTarget;
import io.holdfast.agent.probe.Prober;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.instance.ProbeKind;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What probing costs an agent: a thousand instances probed once a second each, against a small
 * server in another process; the CPU time of this process, in which only the probes run, and how
 * long single probes take beside them.
 */
final class Probes {

  private static final int INSTANCES = 1_000;
  private static final int WARM_UP_SECONDS = 8;
  private static final int SECONDS = 20;
  private static final int SAMPLES_PER_SECOND = 50;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final Prober prober;
  private final ProbeTarget target;

  private Probes(Prober prober, ProbeTarget target) {
    this.prober = prober;
    this.target = target;
  }

  public static void main(String[] arguments) throws Exception {
    Process server = server();
    try (Processes processes = Processes.start(Clock.systemUTC())) {
      int port = Integer.parseInt(server.inputReader().readLine().strip());
      // Ticked by nobody, so it is set far ahead: nothing here is taken for a pause.
      Prober prober =
          new Prober(processes, new PauseWatch(System.nanoTime() + Duration.ofHours(1).toNanos()));
      Probes probes = new Probes(prober, target(port));
      probes.measure("HTTP", new ProbeCheck.Http("/ready", "http"));
      probes.measure("TCP", new ProbeCheck.Tcp("http"));
    } finally {
      server.destroyForcibly().waitFor();
    }
    System.exit(0);
  }

  private static Process server() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ProbedServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProbeTarget target(int port) {
    return new ProbeTarget(
        "127.0.0.1",
        Map.of("http", port),
        Map.of(),
        Path.of("/"),
        Optional.empty(),
        command -> command);
  }

  private void measure(String name, ProbeCheck check) throws InterruptedException, IOException {
    Probe probe = new Probe(check, INTERVAL, TIMEOUT, 3, 1);
    LongAdder passed = new LongAdder();
    LongAdder missed = new LongAdder();
    List<Prober.Running> running = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      ProbeOrder order =
          new ProbeOrder(ProbeKind.LIVENESS, probe, target, Notices.none(TIMEOUT), false);
      running.add(
          prober.start(
              order,
              result -> (result instanceof ProbeResult.Passed ? passed : missed).increment()));
    }
    sampled(probe, WARM_UP_SECONDS);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long before = passed.sum();
    long missedBefore = missed.sum();
    long begin = System.nanoTime();
    List<Long> samples = sampled(probe, SECONDS);
    long elapsed = System.nanoTime() - begin;
    long spent = system.getProcessCpuTime() - cpu;
    long probes = passed.sum() - before + samples.size();
    running.forEach(Prober.Running::stop);
    IO.println(
        String.format(
            Locale.ROOT,
            "%s: %.0f probes/s, CPU %.1f %% of one core (%.0f us a probe), missed %d, p50 %.2f ms,"
                + " p99 %.2f ms, max %.2f ms (n=%d), %d threads, RSS %d MB",
            name,
            probes * 1e9 / elapsed,
            100.0 * spent / elapsed,
            spent / 1_000.0 / probes,
            missed.sum() - missedBefore,
            quantile(samples, 0.5),
            quantile(samples, 0.99),
            quantile(samples, 1),
            samples.size(),
            ManagementFactory.getThreadMXBean().getThreadCount(),
            residentMegabytes()));
  }

  /** Single probes on a virtual thread, as the others run, with the time each has taken. */
  private List<Long> sampled(Probe probe, int seconds) throws InterruptedException {
    List<Long> samples = Collections.synchronizedList(new ArrayList<>());
    Thread sampler =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < seconds * SAMPLES_PER_SECOND; i++) {
                      long begin = System.nanoTime();
                      prober.ask(probe, target);
                      samples.add(System.nanoTime() - begin);
                      TimeUnit.MILLISECONDS.sleep(1_000 / SAMPLES_PER_SECOND);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    sampler.join();
    return samples.stream().sorted().toList();
  }

  private static double quantile(List<Long> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size()))) / 1e6;
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
