package io.holdfast.agent.process;

import static io.holdfast.agent.process.HeldLaunch.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.process.HeldLaunch.Holder;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Of what a service forks nothing is left, whatever holds it. */
final class TreeTest {

  @TempDir Path record;
  @TempDir Path elsewhere;

  static Stream<Arguments> everything() {
    return Stream.of(Misbehaving.values())
        .flatMap(program -> Stream.of(Holder.values()).map(h -> Arguments.of(program, h)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void nothingIsLeftOfAServiceThatHasEnded(Misbehaving program, Holder holder) throws Exception {
    try (HeldLaunch held = HeldLaunch.by(holder, record)) {
      switch (held.launch(program.command(), Resources.UNLIMITED)) {
        case LaunchOutcome.Running(ServiceProcess process) -> {
          if (program != Misbehaving.ENDS_WHILE_IT_STARTS) {
            await("it has forked", () -> held.marked() > program.children());
            process.signal("KILL");
          }
          process.gone().toCompletableFuture().get(30, SECONDS);
        }
        case LaunchOutcome.Ended(long _, Death death) ->
            assertThat(death.status()).isEqualTo(new ExitStatus.Code(3));
        case LaunchOutcome.Failed(String why) -> throw new AssertionError(why);
      }
      assertThat(held.isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Holder.class)
  void nothingIsLeftOfAServiceThatAnEarlierAgentHasLaunched(Holder holder) throws Exception {
    try (HeldLaunch held = HeldLaunch.by(holder, record)) {
      held.run(Misbehaving.LEAVES_A_DAEMON, Optional.empty());
      held.release();

      Processes next = held.takeOver();
      Path records = Optional.ofNullable(record.getParent()).orElseThrow();
      String name = String.valueOf(record.getFileName());
      assertThat(next.leftBehind(records)).contains(name);
      Sighting.Alive alive = (Sighting.Alive) next.look(record, Processes.bootId(), true);
      alive.process().signal("KILL");
      alive.process().gone().toCompletableFuture().get(30, SECONDS);

      assertThat(held.isEmpty()).isTrue();
      assertThat(next.leftBehind(records)).doesNotContain(name);
    }
  }

  @ParameterizedTest
  @EnumSource(Holder.class)
  void whatIsLeftOfAServiceThatDiedWithoutAnAgentIsCleared(Holder holder) throws Exception {
    try (HeldLaunch held = HeldLaunch.by(holder, record)) {
      ServiceProcess service = held.run(Misbehaving.LEAVES_A_DAEMON, Optional.empty());
      held.release();
      ProcessHandle.of(service.pid()).ifPresent(ProcessHandle::destroyForcibly);

      held.takeOver().clear(record);

      await("nothing is left", held::isEmpty);
    }
  }

  @ParameterizedTest
  @EnumSource(Holder.class)
  void theGuardEndsAllOfAServiceWhoseAgentIsGone(Holder holder) throws Exception {
    try (HeldLaunch held = HeldLaunch.by(holder, record)) {
      acknowledge(Sessions.ticks());
      held.run(Misbehaving.LEAVES_A_DAEMON, Optional.of(guard()));
      held.release();

      // Nobody renews the lease.
      await("nothing lives", () -> held.marked() == 0);
      held.takeOver();
    }
  }

  @ParameterizedTest
  @EnumSource(Holder.class)
  void theGuardEndsWhatAServiceLeavesWithoutAnAgent(Holder holder) throws Exception {
    try (HeldLaunch held = HeldLaunch.by(holder, record)) {
      acknowledge(Sessions.ticks());
      ServiceProcess service = held.run(Misbehaving.LEAVES_A_DAEMON, Optional.of(guard()));
      held.release();

      ProcessHandle.of(service.pid()).ifPresent(ProcessHandle::destroyForcibly);

      await("nothing lives", () -> held.marked() == 0);
      held.takeOver();
    }
  }

  private GuardOrder guard() throws Exception {
    // Without it the guard takes it that the launch has been given up.
    Files.createFile(record.resolve("intent"));
    return new GuardOrder(
        elsewhere.resolve("acknowledged"), Duration.ofSeconds(8), Duration.ZERO, "TERM");
  }

  private void acknowledge(long ticks) throws Exception {
    Files.writeString(elsewhere.resolve("acknowledged"), ticks + "\n");
  }
}
