package io.holdfast.benchmarks;

import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.agent.process.LaunchOrder;
import io.holdfast.agent.process.LaunchOutcome;
import io.holdfast.agent.process.Processes;
import io.holdfast.agent.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What an agent's handling of processes costs by itself: launches per second of a thousand
 * processes, and the time from SIGKILL of one to the word that it has ended, how included.
 */
final class Launches {

  private static final int COUNT = 1_000;
  private static final int HANDS = 4;
  private static final int WARM_UP = 200;
  private static final int KILLS = 300;

  private final Path data;
  private final Processes processes;

  private Launches(Path data, Processes processes) {
    this.data = data;
    this.processes = processes;
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("holdfast-launches");
    try (Processes processes = Processes.start(Clock.systemUTC(), Cgroups.find(data))) {
      Launches launches = new Launches(data, processes);
      launches.end(launches.launch("warm", WARM_UP));
      for (int round = 1; round <= 3; round++) {
        long begun = System.nanoTime();
        List<ServiceProcess> running = launches.launch("round" + round, COUNT);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        IO.println(
            String.format(
                Locale.ROOT,
                "%d launched in %d ms: %.0f per second",
                COUNT,
                taken.toMillis(),
                COUNT * 1e9 / taken.toNanos()));
        IO.println(killOneByOne(running.subList(0, KILLS)).line());
        launches.end(running);
      }
    }
    House.delete(data);
    System.exit(0);
  }

  private List<ServiceProcess> launch(String name, int count) throws Exception {
    try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
      List<Callable<ServiceProcess>> launches = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Path record = Files.createDirectory(data.resolve(name + "." + i));
        launches.add(() -> launch(record));
      }
      List<ServiceProcess> running = new ArrayList<>();
      for (Future<ServiceProcess> launched : hands.invokeAll(launches)) {
        running.add(launched.get());
      }
      return running;
    }
  }

  private ServiceProcess launch(Path record) throws IOException {
    LaunchOrder order =
        new LaunchOrder(
            record,
            List.of("sleep", "100000"),
            Map.of("PATH", "/usr/bin:/bin"),
            record,
            Optional.empty());
    if (processes.launch(order) instanceof LaunchOutcome.Running(ServiceProcess process)) {
      return process;
    }
    throw new IOException("a process could not be launched");
  }

  private static Samples killOneByOne(List<ServiceProcess> running) {
    Samples samples = new Samples("SIGKILL to callback");
    for (ServiceProcess process : running) {
      CompletableFuture<Long> told = new CompletableFuture<>();
      process.death().thenAccept(_ -> told.complete(System.nanoTime()));
      long begun = System.nanoTime();
      process.signal("KILL");
      samples.add(Duration.ofNanos(told.join() - begun));
    }
    return samples;
  }

  private void end(List<ServiceProcess> running) {
    running.forEach(process -> process.signal("KILL"));
    running.forEach(process -> process.gone().toCompletableFuture().join());
  }
}
