package io.holdfast.agent.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.agent.cgroup.Holders;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Of what a service forks nothing is left, whatever holds it. */
final class TreeTest {

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

  @TempDir Path record;
  private Optional<Processes> processes = Optional.empty();
  private Cgroups cgroups = Cgroups.none();

  @AfterEach
  void endEverything() {
    if (processes.isPresent()) {
      processes.get().clear(record);
      processes.get().close();
    }
  }

  static Stream<Arguments> everything() {
    return Stream.of(Misbehaving.values())
        .flatMap(program -> Stream.of(Holder.values()).map(h -> Arguments.of(program, h)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void nothingIsLeftOfAServiceThatHasEnded(Misbehaving program, Holder holder) throws Exception {
    begin(holder);
    switch (launch(program.command(), Resources.UNLIMITED)) {
      case LaunchOutcome.Running(ServiceProcess process) -> {
        if (program != Misbehaving.ENDS_WHILE_IT_STARTS) {
          await("it has forked", () -> marked() > program.children());
          process.signal("KILL");
        }
        process.gone().toCompletableFuture().get(30, SECONDS);
      }
      case LaunchOutcome.Ended(long _, Death death) ->
          assertThat(death.status()).isEqualTo(new ExitStatus.Code(3));
      case LaunchOutcome.Failed(String why) -> throw new AssertionError(why);
    }
    assertThat(marked()).isZero();
    assertThat(cgroups.instances()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Holder.class)
  void nothingIsLeftOfAServiceThatAnEarlierAgentHasLaunched(Holder holder) throws Exception {
    begin(holder);
    launch(Misbehaving.LEAVES_A_DAEMON.command(), Resources.UNLIMITED);
    await("it has forked", () -> marked() > Misbehaving.LEAVES_A_DAEMON.children());
    processes.orElseThrow().close();
    processes = Optional.of(Processes.start(Clock.systemUTC(), cgroups));

    assertThat(processes.get().leftBehind(parent())).contains(name());
    Sighting.Alive alive = (Sighting.Alive) processes.get().look(record, Processes.bootId(), true);
    alive.process().signal("KILL");
    alive.process().gone().toCompletableFuture().get(30, SECONDS);

    assertThat(marked()).isZero();
    assertThat(cgroups.instances()).isEmpty();
    assertThat(processes.get().leftBehind(parent())).doesNotContain(name());
  }

  @ParameterizedTest
  @EnumSource(Holder.class)
  void whatIsLeftOfAServiceThatDiedWithoutAnAgentIsCleared(Holder holder) throws Exception {
    begin(holder);
    LaunchOutcome outcome = launch(Misbehaving.LEAVES_A_DAEMON.command(), Resources.UNLIMITED);
    await("it has forked", () -> marked() > Misbehaving.LEAVES_A_DAEMON.children());
    processes.orElseThrow().close();
    ProcessHandle.of(((LaunchOutcome.Running) outcome).process().pid())
        .ifPresent(ProcessHandle::destroyForcibly);
    processes = Optional.of(Processes.start(Clock.systemUTC(), cgroups));

    processes.get().clear(record);

    await("nothing is left", () -> marked() == 0 && cgroups.instances().isEmpty());
  }

  @Test
  void whoUsesTooMuchMemoryIsToldFromWhoIsKilled() throws Exception {
    begin(Holder.VERSION_1);
    assumeTrue(cgroups.attributes().containsValue("v1"), "this host cannot limit memory by v1");

    assertThat(statusOf(launch(List.of("tail", "/dev/zero"), memory())))
        .isEqualTo(new ExitStatus.Signal("KILL", true));
  }

  @Test
  void aShellWhoseChildUsesTooMuchMemorySaysSo() throws Exception {
    begin(Holder.VERSION_1);
    assumeTrue(cgroups.attributes().containsValue("v1"), "this host cannot limit memory by v1");

    assertThat(statusOf(launch(List.of("sh", "-c", "tail /dev/zero; exit $?"), memory())))
        .isEqualTo(new ExitStatus.Signal("KILL", true));
  }

  @Test
  void whoRanOutOfMemoryWithoutAnAgentIsKnownByTheNextOne(@TempDir Path signs) throws Exception {
    begin(Holder.VERSION_1);
    assumeTrue(cgroups.attributes().containsValue("v1"), "this host cannot limit memory by v1");
    Path go = signs.resolve("go");
    String script = "until [ -e " + go + " ]; do sleep 0.01; done; exec tail /dev/zero";
    launch(List.of("sh", "-c", script), memory());
    processes.orElseThrow().close();
    Files.createFile(go);
    await("it has ended", () -> Files.exists(record.resolve("exit")));
    processes = Optional.of(Processes.start(Clock.systemUTC(), cgroups));

    assertThat(processes.get().look(record, Processes.bootId(), true))
        .isInstanceOfSatisfying(
            Sighting.Dead.class,
            dead ->
                assertThat(dead.death().status()).isEqualTo(new ExitStatus.Signal("KILL", true)));
  }

  @Test
  void moreProcessesThanAllowedCannotBeForked() throws Exception {
    begin(Holder.VERSION_1);
    assumeTrue(cgroups.attributes().containsValue("v1"), "this host cannot limit processes by v1");
    Resources five = new Resources(OptionalLong.empty(), OptionalInt.empty(), OptionalInt.of(5));

    launch(List.of("sh", "-c", "for i in 1 2 3 4 5 6 7 8; do sleep 300 & done; wait"), five);

    await("it is refused", () -> Files.readString(record.resolve("output")).contains("fork"));
    assertThat(marked()).isLessThanOrEqualTo(6);
  }

  private void begin(Holder holder) throws IOException {
    cgroups = holder.groups(record);
    assumeTrue(
        holder == Holder.SESSION || cgroups.attributes().containsValue("cgroup"),
        () -> "no control groups can be made here as " + holder + " wants them");
    processes = Optional.of(Processes.start(Clock.systemUTC(), cgroups));
  }

  private LaunchOutcome launch(List<String> command, Resources resources) {
    return processes
        .orElseThrow()
        .launch(
            new LaunchOrder(
                record,
                command,
                ENVIRONMENT,
                record,
                Optional.empty(),
                Optional.empty(),
                resources));
  }

  private static ExitStatus statusOf(LaunchOutcome outcome) throws Exception {
    return switch (outcome) {
      case LaunchOutcome.Running(ServiceProcess process) ->
          process.death().toCompletableFuture().get(30, SECONDS).status();
      case LaunchOutcome.Ended(long _, Death death) -> death.status();
      case LaunchOutcome.Failed(String why) -> throw new AssertionError(why);
    };
  }

  private static Resources memory() {
    return new Resources(OptionalLong.of(16L << 20), OptionalInt.empty(), OptionalInt.empty());
  }

  private Path parent() {
    return Optional.ofNullable(record.getParent()).orElseThrow();
  }

  private String name() {
    return String.valueOf(record.getFileName());
  }

  /** The service, its shim and all they have forked. */
  private long marked() {
    Mark mark = new Mark(record, 0);
    return Sessions.processes().stream()
        .filter(stat -> stat.state() != 'Z' && stat.state() != 'X')
        .filter(mark::isOn)
        .count();
  }

  private static void await(String what, java.util.concurrent.Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos(30);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("it never came true that " + what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
