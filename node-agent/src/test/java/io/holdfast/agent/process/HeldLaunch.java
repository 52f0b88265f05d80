package io.holdfast.agent.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.agent.cgroup.Holders;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** One launch, and whatever holds what it forks. */
final class HeldLaunch implements AutoCloseable {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

  /** What holds a service. */
  enum Holder {
    VERSION_1,
    VERSION_2,
    SESSION;

    Cgroups groups(Path data) throws IOException {
      return switch (this) {
        case VERSION_1 -> Holders.version1(data);
        case VERSION_2 -> Holders.version2(data);
        case SESSION -> Cgroups.none();
      };
    }
  }

  private final Path record;
  private final Cgroups cgroups;
  private Processes processes;

  private HeldLaunch(Path record, Cgroups cgroups, Processes processes) {
    this.record = record;
    this.cgroups = cgroups;
    this.processes = processes;
  }

  /** Skips the test on a host that has no such holder. */
  static HeldLaunch by(Holder holder, Path record) throws IOException {
    Cgroups cgroups = holder.groups(record);
    assumeTrue(
        holder == Holder.SESSION || cgroups.attributes().containsValue("cgroup"),
        () -> "no control groups can be made here as " + holder + " wants them");
    return new HeldLaunch(record, cgroups, Processes.start(Clock.systemUTC(), cgroups));
  }

  /** Skips the test on a host that limits nothing. */
  HeldLaunch limited() {
    assumeTrue(
        cgroups.attributes().containsValue("v1"), "nothing can be limited here by version 1");
    return this;
  }

  LaunchOutcome launch(List<String> command, Resources resources) {
    return launch(command, resources, Optional.empty());
  }

  LaunchOutcome launch(List<String> command, Resources resources, Optional<GuardOrder> guard) {
    return processes.launch(
        new LaunchOrder(record, command, ENVIRONMENT, record, Optional.empty(), guard, resources));
  }

  /** Launches it and waits until it has forked. */
  ServiceProcess run(Misbehaving program, Optional<GuardOrder> guard) throws Exception {
    LaunchOutcome outcome = launch(program.command(), Resources.UNLIMITED, guard);
    await("it has forked", () -> marked() > program.children());
    return ((LaunchOutcome.Running) outcome).process();
  }

  static ExitStatus statusOf(LaunchOutcome outcome) throws Exception {
    return switch (outcome) {
      case LaunchOutcome.Running(ServiceProcess process) ->
          process.death().toCompletableFuture().get(30, SECONDS).status();
      case LaunchOutcome.Ended(long _, Death death) -> death.status();
      case LaunchOutcome.Failed(String why) -> throw new AssertionError(why);
    };
  }

  /** The agent ends, and what it has launched goes on. */
  void release() {
    processes.close();
  }

  /** There is another agent. */
  Processes takeOver() throws IOException {
    processes = Processes.start(Clock.systemUTC(), cgroups);
    return processes;
  }

  boolean isEmpty() {
    return marked() == 0 && cgroups.instances().isEmpty();
  }

  /** The service, its shim and all they have forked. */
  long marked() {
    Mark mark = new Mark(record, 0);
    return Sessions.processes().stream()
        .filter(stat -> stat.state() != 'Z' && stat.state() != 'X')
        .filter(mark::isOn)
        .count();
  }

  @Override
  public void close() {
    processes.clear(record);
    processes.close();
  }

  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos(30);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("it never came true that " + what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
