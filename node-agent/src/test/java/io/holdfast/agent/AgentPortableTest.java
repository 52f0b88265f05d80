package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.budget;
import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.exclusive;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent on a host without native calls, from the first launch to the last. */
final class AgentPortableTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final InstanceId SECOND = web(0, 10);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  @TempDir Path data;
  private FakeSupervisor supervisor;
  private Optional<Process> separate = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    if (separate.isPresent()) {
      kill(separate.get());
    }
    end(started(data, supervisor, true));
    supervisor.close();
  }

  @Test
  void aServiceIsRestartedTakenOverAndStoppedAndNothingIsLeftOfIt() throws Exception {
    Process agent = separate();
    assertThat(supervisor.hello().getAttributesMap()).containsEntry("launch", "portable");
    supervisor.delegate(budget(1));
    supervisor.launch(FIRST, web("sh", "-c", "setsid sleep 600 & sleep 600"));

    ProcessHandle.of(supervisor.alive(FIRST, Phase.READY).pid())
        .ifPresent(ProcessHandle::destroyForcibly);
    Report.Dead died = supervisor.end(FIRST);
    assertThat(died.exit().status()).isEqualTo(new ExitStatus.Signal("KILL", false));
    assertThat(died.successor()).hasValue(SECOND.epoch());
    long pid = supervisor.alive(SECOND, Phase.READY).pid();

    kill(agent);

    try (Agent _ = started(data, supervisor, true)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
          .filteredOn(Report.Alive.class::isInstance)
          .singleElement()
          .isInstanceOfSatisfying(
              Report.Alive.class, alive -> assertThat(alive.pid()).isEqualTo(pid));
      supervisor.stop(SECOND);
      assertThat(supervisor.dead(SECOND).status()).isEqualTo(new ExitStatus.Signal("TERM", false));
      Eventually.holds("nothing is left", () -> Bearers.of(data) == 0);
    }
  }

  @Test
  void whatItCannotGiveIsRefusedWithTheReason() throws Exception {
    Probe watchdog = new Probe(new ProbeCheck.Watchdog(SILENCE), SILENCE, SILENCE, 1, 1);
    Health watched =
        new Health(
            Optional.empty(),
            Optional.of(watchdog),
            Optional.empty(),
            Health.DEFAULT_START_DEADLINE);
    ServiceSpec sleep = web("sleep", "600");
    try (Agent _ = started(data, supervisor, true)) {
      assertThat(refusal(1, with(sleep, watched)))
          .endsWith("by portable means, which cannot hear what a service says by sd_notify");
      assertThat(refusal(2, exclusive(sleep, SILENCE)))
          .endsWith("by portable means, which cannot keep a service exclusive");
    }
  }

  private String refusal(long epoch, ServiceSpec spec) throws Exception {
    supervisor.launch(web(0, epoch), spec);
    ExitStatus status = supervisor.dead(web(0, epoch)).status();
    assertThat(status).isInstanceOf(ExitStatus.NotStarted.class);
    return ((ExitStatus.NotStarted) status).why();
  }

  private Process separate() throws Exception {
    Process agent = AgentMain.startWithoutNativeCalls(data, supervisor.address());
    separate = Optional.of(agent);
    return agent;
  }

  private static void kill(Process agent) throws InterruptedException {
    assertThat(agent.destroyForcibly().waitFor(20, SECONDS)).isTrue();
  }
}
