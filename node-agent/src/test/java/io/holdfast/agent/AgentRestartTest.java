package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.host.InstanceStore;
import io.holdfast.agent.host.Intent;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.StopPolicy;
import io.holdfast.protocol.agent.LogRequest;
import io.holdfast.protocol.spec.SpecWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later agent makes of what an earlier one has left, by whichever way both launch. */
@ParameterizedClass(name = "portable = {0}")
@ValueSource(booleans = {false, true})
final class AgentRestartTest {

  private static final InstanceId FIRST = web(0, 1);

  private final boolean portable;
  @TempDir Path data;
  private FakeSupervisor supervisor;
  private Optional<Process> separate = Optional.empty();

  AgentRestartTest(boolean portable) {
    this.portable = portable;
  }

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    if (separate.isPresent()) {
      kill(separate.get());
    }
    // Whatever a test has left running is adopted once more and ended.
    end(started(data, supervisor, portable));
    supervisor.close();
  }

  @Test
  void servicesOutliveTheirAgentAndAreTakenOverAsTheyWere() throws Exception {
    Report.Alive before;
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, web("sleep", "600"));
      before = supervisor.alive(FIRST, Phase.READY);
    }

    try (Agent _ = started(data, supervisor, portable)) {
      List<Report> reports = supervisor.reported(supervisor.hello().getSnapshot());

      assertThat(reports).hasSize(1);
      Report.Alive after = (Report.Alive) reports.getFirst();
      assertThat(after.pid()).isEqualTo(before.pid());
      assertThat(after.phase()).isEqualTo(Phase.READY);
      kill(after.pid());
      assertThat(supervisor.dead(FIRST).status()).isEqualTo(new ExitStatus.Signal("KILL", false));
    }
  }

  @Test
  void aKilledAgentKillsNoService() throws Exception {
    Process victim = separate();
    supervisor.hello();
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();

    kill(victim);

    assertThat(ProcessHandle.of(pid)).isPresent();
    try (Agent _ = started(data, supervisor, portable)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
          .singleElement()
          .isInstanceOfSatisfying(
              Report.Alive.class, alive -> assertThat(alive.pid()).isEqualTo(pid));
      supervisor.stop(FIRST);
      assertThat(supervisor.dead(FIRST).status()).isEqualTo(new ExitStatus.Signal("TERM", false));
    }
  }

  @Test
  void whoDiedWithoutAnAgentIsReportedWithItsCode(@TempDir Path signs) throws Exception {
    Path go = signs.resolve("go");
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, shell("until [ -e " + go + " ]; do sleep 0.01; done; exit 9"));
      supervisor.alive(FIRST, Phase.READY);
    }
    long pid = Long.parseLong(Files.readString(pidFile()).split(" ", 2)[0]);
    ProcessHandle service = ProcessHandle.of(pid).orElseThrow();
    Files.createFile(go);
    service.onExit().get(20, SECONDS);

    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, web("true"));
      Exit exit = supervisor.dead(FIRST);
      assertThat(exit.status()).isEqualTo(new ExitStatus.Code(9));
      assertThat(exit.cause()).isEqualTo(ExitCause.SELF);
    }
  }

  @Test
  void aLaunchThatItsAgentDidNotLiveToMakeIsMadeByTheNext() throws Exception {
    intend(Processes.bootId());

    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      Eventually.holds("it runs", () -> Files.exists(pidFile()) && Files.size(pidFile()) > 0);
      supervisor.stop(FIRST);
      assertThat(supervisor.dead(FIRST).status()).isEqualTo(new ExitStatus.Signal("TERM", false));
    }
  }

  @Test
  void butNotOnceTheMachineWasStartedAnew() throws Exception {
    intend("an-earlier-one");

    try (Agent _ = started(data, supervisor, portable)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
          .singleElement()
          .isInstanceOfSatisfying(
              Report.Dead.class,
              dead -> assertThat(dead.exit().cause()).isEqualTo(ExitCause.NODE_LOST));
    }
  }

  private void intend(String bootId) throws Exception {
    InstanceStore.open(data)
        .create(FIRST)
        .record(
            new Intent(
                FIRST,
                SpecWriter.json(web("sleep", "600")),
                Map.of(),
                bootId,
                OptionalLong.empty()));
  }

  @Test
  void whatRanBeforeTheMachineWasStartedAnewWasLostWithIt() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, web("sleep", "600"));
      long pid = supervisor.alive(FIRST, Phase.READY).pid();
      kill(pid);
      supervisor.dead(FIRST);
      supervisor.delegate(AgentFixture.budget(1));
      supervisor.snapshot();
    }
    pretendAnotherBoot();

    try (Agent _ = started(data, supervisor, portable)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
          .singleElement()
          .isInstanceOfSatisfying(
              Report.Dead.class,
              dead -> {
                assertThat(dead.exit().cause()).isEqualTo(ExitCause.NODE_LOST);
                assertThat(dead.successor()).isEmpty();
              });
    }
  }

  @Test
  void whatWasToEndBeforeTheMachineWasStartedAnewEndedAsItWasTold() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, web("sleep", "600"));
      supervisor.alive(FIRST, Phase.READY);
      supervisor.stop(FIRST);
      supervisor.dead(FIRST);
    }
    pretendAnotherBoot();

    try (Agent _ = started(data, supervisor, portable)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
          .singleElement()
          .isInstanceOfSatisfying(
              Report.Dead.class,
              dead -> assertThat(dead.exit().cause()).isEqualTo(ExitCause.REQUESTED));
    }
  }

  @Test
  void whatWasBeingStoppedGoesOnBeingStopped() throws Exception {
    StopPolicy patient = new StopPolicy("TERM", Duration.ofMillis(300));
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, with(shell("trap '' TERM; echo up; exec sleep 600"), patient));
      supervisor.alive(FIRST, Phase.READY);
      supervisor.followUntil(FIRST, "up");
      supervisor.stop(FIRST);
      supervisor.alive(FIRST, Phase.STOPPING);
    }

    try (Agent _ = started(data, supervisor, portable)) {
      Exit exit = supervisor.dead(FIRST);

      assertThat(exit.status()).isEqualTo(new ExitStatus.Signal("KILL", false));
      assertThat(exit.cause()).isEqualTo(ExitCause.REQUESTED);
    }
  }

  @Test
  void anEndThatWasNotForgottenIsToldAgain() throws Exception {
    Exit before;
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, shell("echo last words; exit 5"));
      before = supervisor.dead(FIRST);
      supervisor.snapshot();
    }

    try (Agent _ = started(data, supervisor, portable)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
          .containsExactly(new Report.Dead(FIRST, before));
    }
  }

  @Test
  void aForgottenInstanceIsNeverLaunchedAgain() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, shell("exit 5"));
      supervisor.dead(FIRST);
      supervisor.forget(FIRST);
      supervisor.launch(FIRST, web("sleep", "600"));

      assertThat(supervisor.dead(FIRST).status()).isInstanceOf(ExitStatus.NotStarted.class);
    }
  }

  @Test
  void twoAgentsDoNotShareADataDirectory() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      assertThatThrownBy(() -> AgentFixture.start(data, supervisor.address(), portable))
          .isInstanceOf(CannotStart.class)
          .hasMessage("The data directory " + data + " is in use by another process");
    }
  }

  @Test
  void twoAgentsInDifferentProcessesDoNotShareItEither() throws Exception {
    assertThat(separate().isAlive()).isTrue();
    supervisor.hello();

    assertThatThrownBy(() -> AgentFixture.start(data, supervisor.address(), portable))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("in use by another process");
  }

  @Test
  void logsOfTheLastTwoLaunchesAreKept() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        supervisor.launch(web(0, epoch), shell("echo launch $HOLDFAST_EPOCH"));
        supervisor.dead(web(0, epoch));
        supervisor.forget(web(0, epoch));
      }

      assertThat(log(false)).isEqualTo("launch 3\n");
      assertThat(log(true)).isEqualTo("launch 2\n");
      awaitDirectories(2);
    }
  }

  /** What is forgotten is deleted soon after, while the agent goes on talking. */
  private void awaitDirectories(int count) throws Exception {
    for (int i = 0; i < 200; i++) {
      try (var kept = Files.list(data.resolve("instances"))) {
        if (kept.count() == count) {
          return;
        }
      }
      supervisor.beat();
    }
    throw new AssertionError("there are not " + count + " directories");
  }

  private String log(boolean previous) throws InterruptedException {
    supervisor.requestLog(
        LogRequest.newBuilder()
            .setRequest(previous ? 1 : 2)
            .setService("web")
            .setPrevious(previous)
            .build());
    return supervisor.log(_ -> false);
  }

  /** An end that no agent has seen, of a launch on the machine as it was before. */
  private void pretendAnotherBoot() throws Exception {
    Path directory = data.resolve("instances").resolve("web.0.1");
    Files.delete(directory.resolve("outcome"));
    Path intent = directory.resolve("intent");
    Files.writeString(
        intent,
        Files.readString(intent)
            .replaceAll("boot=.*", "boot=an-earlier-one")
            // As an agent would have left it that did not write one.
            .replaceAll("sum=.*", ""));
  }

  private Path pidFile() {
    return data.resolve("instances").resolve("web.0.1").resolve("pid");
  }

  private Process separate() throws Exception {
    Process agent = AgentMain.start(data, supervisor.address(), portable);
    separate = Optional.of(agent);
    return agent;
  }

  private static void kill(Process agent) throws InterruptedException {
    assertThat(agent.destroyForcibly().waitFor(20, SECONDS)).isTrue();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
