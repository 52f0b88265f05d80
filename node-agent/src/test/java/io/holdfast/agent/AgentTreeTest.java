package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** All of an instance, as a supervisor and a later agent see it. */
@ParameterizedClass(name = "portable = {0}")
@ValueSource(booleans = {false, true})
final class AgentTreeTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final String DAEMON = "setsid sleep 300 & echo up; exec sleep 300";

  private final boolean portable;
  @TempDir Path data;
  private FakeSupervisor supervisor;

  AgentTreeTest(boolean portable) {
    this.portable = portable;
  }

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    end(started(data, supervisor, portable));
    supervisor.close();
  }

  @Test
  void theSupervisorIsToldWhatTheHostCanDo() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      Map<String, String> attributes = supervisor.hello().getAttributesMap();

      assertThat(attributes.get("launch")).isEqualTo(portable ? "portable" : "native");
      assertThat(attributes.get("kill"))
          .isIn(portable ? List.of("mark") : List.of("cgroup", "session"));
      assertThat(attributes.get("limits"))
          .isIn(portable ? List.of("none") : List.of("v1", "v2", "none"));
    }
  }

  @Test
  void whoUsesTooMuchMemoryIsReportedSo() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      assumeTrue(
          !"none".equals(supervisor.hello().getAttributesMap().get("limits")),
          "this host cannot limit memory");
      Resources little =
          new Resources(OptionalLong.of(16L << 20), OptionalInt.empty(), OptionalInt.empty());
      ProcessSpec greedy =
          new ProcessSpec(
              List.of("tail", "/dev/zero"),
              Optional.empty(),
              Map.of(),
              Optional.empty(),
              List.of(),
              little);
      supervisor.launch(FIRST, with(web("true"), greedy));

      Exit exit = supervisor.dead(FIRST);

      assertThat(exit.status()).isEqualTo(new ExitStatus.Signal("KILL", true));
      assertThat(exit.reason()).isEqualTo("was killed because memory ran out");
    }
  }

  @Test
  void aStopEndsWhatHasLeftTheSession() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, shell(DAEMON));
      supervisor.alive(FIRST, Phase.READY);
      Eventually.holds("it has forked", () -> Bearers.of(data) == 3);

      supervisor.stop(FIRST);
      supervisor.dead(FIRST);

      Eventually.holds("nothing is left", () -> Bearers.of(data) == 0);
    }
  }

  @Test
  void whatAProbeHasLeftBehindEndsWithItsInstance() throws Exception {
    Probe daemon =
        new Probe(
            new ProbeCheck.Exec(List.of("sh", "-c", "setsid sleep 600 & exit 0")),
            Duration.ofHours(1),
            Duration.ofSeconds(20),
            1,
            1);
    Health health =
        new Health(
            Optional.empty(), Optional.of(daemon), Optional.empty(), Health.DEFAULT_START_DEADLINE);
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, with(web("sleep", "600"), health));
      supervisor.alive(FIRST, Phase.READY);
      Eventually.holds("the probe has forked", () -> Bearers.of(data) == 3);

      supervisor.stop(FIRST);
      supervisor.dead(FIRST);

      Eventually.holds("nothing is left", () -> Bearers.of(data) == 0);
    }
  }

  @Test
  void whatIsLeftOfAnInstanceThatDiedWithoutAnAgentIsEndedByTheNext() throws Exception {
    long pid;
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, shell(DAEMON));
      pid = supervisor.alive(FIRST, Phase.READY).pid();
      Eventually.holds("it has forked", () -> Bearers.of(data) == 3);
    }
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    Eventually.holds("its child alone is left", () -> Bearers.of(data) == 1);

    try (Agent _ = started(data, supervisor, portable)) {
      Eventually.holds("nothing is left", () -> Bearers.of(data) == 0);
    }
  }
}
