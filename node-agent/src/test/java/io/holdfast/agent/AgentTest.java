package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.StopPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AgentTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final InstanceId SECOND = web(0, 2);
  private static final StopPolicy SHORT = new StopPolicy("TERM", Duration.ofMillis(100));

  @RegisterExtension private final AgentRig rig = AgentRig.open();
  private final FakeSupervisor supervisor = rig.supervisor();

  @Test
  void aServiceWithoutProbesIsReadyOnceItRuns() throws Exception {
    supervisor.launch(FIRST, shell("echo this is $$; exec sleep 600"));

    Report.Alive alive = supervisor.alive(FIRST, Phase.READY);

    supervisor.followUntil(FIRST, "this is " + alive.pid());
  }

  @Test
  void aKilledProcessIsReportedWithItsSignal() throws Exception {
    supervisor.launch(FIRST, web("sleep", "600"));
    kill(supervisor.alive(FIRST, Phase.READY).pid());

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.status()).isEqualTo(new ExitStatus.Signal("KILL", false));
    assertThat(exit.cause()).isEqualTo(ExitCause.SELF);
  }

  @Test
  void anExitIsReportedWithItsCodeAndTheLastLinesOfItsLog() throws Exception {
    supervisor.launch(FIRST, shell("seq 1 30; echo broken >&2; exit 42"));

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.status()).isEqualTo(new ExitStatus.Code(42));
    assertThat(exit.log()).hasSize(20).startsWith("12").endsWith("30", "broken");
  }

  @Test
  void aProgramThatDoesNotExistIsReportedAtOnceWithTheSystemsReason() throws Exception {
    supervisor.launch(FIRST, web("nosuch"));

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.status())
        .isEqualTo(new ExitStatus.NotStarted("No such file or directory: nosuch"));
    assertThat(exit.cause()).isEqualTo(ExitCause.LAUNCH);
  }

  @Test
  void aSpecificationThatCannotBeReadIsReportedAndNotLaunched() throws Exception {
    supervisor.launchText(FIRST, "{\"name\": \"web\", \"nonsense\": 1}");

    assertThat(supervisor.dead(FIRST).status()).isInstanceOf(ExitStatus.NotStarted.class);
  }

  @Test
  void theProcessKnowsWhoItIsAndWhereItListens() throws Exception {
    ProcessSpec process =
        new ProcessSpec(
            List.of("sh", "-c", "env | sort; echo arg=$0", "${PORT_ADMIN}"),
            Optional.empty(),
            Map.of("URL", "http://localhost:${PORT}/"),
            Optional.empty(),
            List.of(PortSpec.auto("http"), PortSpec.fixed("admin", 9100)));
    supervisor.launch(FIRST, with(web("true"), process));
    Report.Alive alive = supervisor.alive(FIRST, Phase.READY);
    int http = alive.ports().getOrDefault("http", 0);

    assertThat(alive.ports()).containsExactly(Map.entry("http", http), Map.entry("admin", 9100));
    assertThat(http).isBetween(20_000, 29_999);
    assertThat(supervisor.dead(FIRST).log())
        .contains(
            "HOLDFAST_EPOCH=1",
            "HOLDFAST_NODE_ID=node-1",
            "HOLDFAST_SERVICE=web",
            "HOLDFAST_SLOT=0",
            "PORT=" + http,
            "PORT_ADMIN=9100",
            "PORT_HTTP=" + http,
            "URL=http://localhost:" + http + "/",
            "arg=9100");
  }

  @Test
  void aStopSendsTheSignalOfTheSpecification() throws Exception {
    ServiceSpec spec =
        with(
            shell("trap 'echo caught; exit 3' USR1; echo up; while :; do sleep 0.01; done"),
            new StopPolicy("USR1", Duration.ofSeconds(20)));
    supervisor.launch(FIRST, spec);
    supervisor.alive(FIRST, Phase.READY);
    awaitLog("up");

    supervisor.stop(FIRST);

    supervisor.alive(FIRST, Phase.STOPPING);
    Exit exit = supervisor.dead(FIRST);
    assertThat(exit.status()).isEqualTo(new ExitStatus.Code(3));
    assertThat(exit.cause()).isEqualTo(ExitCause.REQUESTED);
    assertThat(exit.log()).endsWith("caught");
  }

  @Test
  void whoIgnoresTheSignalIsKilledAfterItsGrace() throws Exception {
    supervisor.launch(FIRST, with(shell("trap '' TERM; echo up; exec sleep 600"), SHORT));
    supervisor.alive(FIRST, Phase.READY);
    awaitLog("up");

    supervisor.stop(FIRST);

    Exit exit = supervisor.dead(FIRST);
    assertThat(exit.status()).isEqualTo(new ExitStatus.Signal("KILL", false));
    assertThat(exit.cause()).isEqualTo(ExitCause.REQUESTED);
  }

  @Test
  void aStopForAnInstanceNobodyKnowsIsAnswered() throws Exception {
    supervisor.stop(FIRST);

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.status()).isEqualTo(new ExitStatus.Unknown());
    assertThat(exit.cause()).isEqualTo(ExitCause.REQUESTED);
  }

  @Test
  void aLaunchThatComesAgainIsAnsweredAndChangesNothing() throws Exception {
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();

    supervisor.launch(FIRST, web("sleep", "601"));

    assertThat(supervisor.alive(FIRST, Phase.READY).pid()).isEqualTo(pid);
  }

  @Test
  void twoLaunchesOfOneSlotMayRunSideBySide() throws Exception {
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.launch(SECOND, web("sleep", "601"));

    assertThat(supervisor.alive(FIRST, Phase.READY).pid())
        .isNotEqualTo(supervisor.alive(SECOND, Phase.READY).pid());
  }

  @Test
  void theDeadStayInSnapshotsUntilTheyAreForgotten() throws Exception {
    supervisor.launch(FIRST, shell("exit 1"));
    supervisor.dead(FIRST);
    assertThat(supervisor.reported(supervisor.snapshot())).hasSize(1);

    supervisor.forget(FIRST);

    assertThat(supervisor.reported(supervisor.snapshot())).isEmpty();
  }

  @Test
  void theLivingAreNotForgotten() throws Exception {
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.alive(FIRST, Phase.READY);

    supervisor.forget(FIRST);

    assertThat(supervisor.reported(supervisor.snapshot())).hasSize(1);
  }

  @Test
  void stoppingTheServicesEndsThemAllAndSaysSo() throws Exception {
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.launch(web(1, 3), with(shell("trap '' TERM; echo up; exec sleep 600"), SHORT));
    supervisor.alive(FIRST, Phase.READY);
    supervisor.alive(web(1, 3), Phase.READY);

    rig.agent().stopServices(Duration.ofSeconds(20));

    supervisor.leaving();
    assertThat(supervisor.dead(FIRST).cause()).isEqualTo(ExitCause.SHUTDOWN);
    supervisor.launch(SECOND, web("sleep", "600"));
    assertThat(supervisor.dead(SECOND).status())
        .isEqualTo(new ExitStatus.NotStarted("its agent is ending"));
  }

  private void awaitLog(String text) throws Exception {
    supervisor.followUntil(FIRST, text);
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
