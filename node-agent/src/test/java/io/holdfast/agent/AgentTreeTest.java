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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of an instance, as a supervisor and a later agent see it. */
final class AgentTreeTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final String DAEMON = "setsid sleep 300 & echo up; exec sleep 300";

  @TempDir Path data;
  private FakeSupervisor supervisor;

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    end(started(data, supervisor));
    supervisor.close();
  }

  @Test
  void theSupervisorIsToldWhatTheHostCanDo() throws Exception {
    try (Agent _ = started(data, supervisor)) {
      Map<String, String> attributes = supervisor.hello().getAttributesMap();

      assertThat(attributes.get("kill")).isIn("cgroup", "session");
      assertThat(attributes.get("limits")).isIn("v1", "v2", "none");
    }
  }

  @Test
  void whoUsesTooMuchMemoryIsReportedSo() throws Exception {
    try (Agent _ = started(data, supervisor)) {
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
    try (Agent _ = started(data, supervisor)) {
      supervisor.hello();
      supervisor.launch(FIRST, shell(DAEMON));
      supervisor.alive(FIRST, Phase.READY);
      Eventually.holds("it has forked", () -> marked() == 3);

      supervisor.stop(FIRST);
      supervisor.dead(FIRST);

      Eventually.holds("nothing is left", () -> marked() == 0);
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
    try (Agent _ = started(data, supervisor)) {
      supervisor.hello();
      supervisor.launch(FIRST, with(web("sleep", "600"), health));
      supervisor.alive(FIRST, Phase.READY);
      Eventually.holds("the probe has forked", () -> marked() == 3);

      supervisor.stop(FIRST);
      supervisor.dead(FIRST);

      Eventually.holds("nothing is left", () -> marked() == 0);
    }
  }

  @Test
  void whatIsLeftOfAnInstanceThatDiedWithoutAnAgentIsEndedByTheNext() throws Exception {
    long pid;
    try (Agent _ = started(data, supervisor)) {
      supervisor.hello();
      supervisor.launch(FIRST, shell(DAEMON));
      pid = supervisor.alive(FIRST, Phase.READY).pid();
      Eventually.holds("it has forked", () -> marked() == 3);
    }
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    Eventually.holds("its child alone is left", () -> marked() == 1);

    try (Agent _ = started(data, supervisor)) {
      Eventually.holds("nothing is left", () -> marked() == 0);
    }
  }

  /** Processes of this agent's instances: the service, its shim and what they have forked. */
  private long marked() throws Exception {
    String mark = "HOLDFAST_RECORD=" + data.toRealPath() + "/";
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> Character.isDigit(process.getFileName().toString().charAt(0)))
          .filter(process -> text(process.resolve("environ")).contains(mark))
          .count();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (java.io.IOException e) {
      // It has ended since, or is a zombie.
      return "";
    }
  }
}
