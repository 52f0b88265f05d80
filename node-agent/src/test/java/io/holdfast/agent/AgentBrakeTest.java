package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances whose liveness probes fail together, and an agent that thinks twice. */
final class AgentBrakeTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final InstanceId SECOND = web(1, 2);
  private static final int SOON = 2;

  /** Long after everything that is waited for here. */
  private static final int LATE = 100;

  @TempDir Path data;
  @TempDir Path signs;
  private FakeSupervisor supervisor;
  private Agent agent;

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
    agent = started(data, supervisor);
    Files.createFile(signs.resolve("alive-0"));
    Files.createFile(signs.resolve("alive-1"));
    supervisor.launch(FIRST, probed(0, SOON));
    supervisor.launch(SECOND, probed(1, LATE));
    supervisor.alive(FIRST, Phase.READY);
    supervisor.alive(SECOND, Phase.READY);
  }

  @AfterEach
  void endAll() {
    end(agent);
    supervisor.close();
  }

  @Test
  void whoFailsAloneIsEndedAtOnce() throws Exception {
    Files.delete(signs.resolve("alive-0"));

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.cause()).isEqualTo(ExitCause.LIVENESS);
    assertThat(exit.probe()).isEqualTo("sh exited with code 1");
  }

  @Test
  void whoFailsTogetherWithOthersIsEndedWhenThoseAreWellAgain() throws Exception {
    Files.delete(signs.resolve("alive-1"));
    Eventually.holds("the second fails", () -> misses(1) >= SOON);
    Files.delete(signs.resolve("alive-0"));
    // One more than it takes: by then those before have been told.
    Eventually.holds("the first is condemned", () -> misses(0) > SOON);

    Files.createFile(signs.resolve("alive-1"));

    Exit exit = supervisor.dead(FIRST);
    assertThat(exit.cause()).isEqualTo(ExitCause.LIVENESS);
    assertThat(exit.probe())
        .startsWith("sh exited with code 1; its end was held back for ")
        .endsWith(" because 2 of 2 instances of web here failed together");
    assertThat(supervisor.reported(supervisor.snapshot()))
        .filteredOn(report -> report.instance().equals(SECOND))
        .singleElement()
        .isInstanceOfSatisfying(
            Report.Alive.class, alive -> assertThat(alive.phase()).isEqualTo(Phase.READY));
  }

  private int misses(int slot) {
    Path file = signs.resolve("misses-" + slot);
    try {
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServiceSpec probed(int slot, int failures) {
    String script =
        "test -e '%1$s/alive-%2$d' || { echo miss >>'%1$s/misses-%2$d'; exit 1; }"
            .formatted(signs, slot);
    Probe liveness =
        new Probe(
            new ProbeCheck.Exec(List.of("sh", "-c", script)),
            Duration.ofMillis(20),
            Duration.ofSeconds(20),
            failures,
            1);
    return with(
        web("sleep", "600"),
        new Health(
            Optional.empty(),
            Optional.empty(),
            Optional.of(liveness),
            Health.DEFAULT_START_DEADLINE));
  }
}
