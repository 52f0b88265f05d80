package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.budget;
import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.supervision.Budget;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentBudgetTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final InstanceId NEXT = web(0, 10);
  private static final InstanceId AFTER_NEXT = web(0, 11);

  @TempDir Path data;
  private FakeSupervisor supervisor;
  private Agent agent;

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
    agent = started(data, supervisor);
  }

  @AfterEach
  void endAll() throws Exception {
    end(agent);
    supervisor.close();
  }

  @Test
  void theGreetingSaysThatBudgetsAreTaken() throws Exception {
    assertThat(supervisor.hello().getTakesBudgets()).isTrue();
  }

  @Test
  void aFailureWithinTheBudgetIsAnsweredWithoutAsking() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, shell("echo $HOLDFAST_EPOCH; exec sleep 600"));

    kill(supervisor.alive(FIRST, Phase.READY).pid());

    Report.Dead end = supervisor.end(FIRST);
    assertThat(end.exit().status()).isEqualTo(new ExitStatus.Signal("KILL", false));
    assertThat(end.successor()).hasValue(NEXT.epoch());
    supervisor.alive(NEXT, Phase.READY);
    supervisor.followUntil(NEXT, "10\n");
  }

  @Test
  void everyRestartOfACrashLoopIsReportedUntilTheBudgetIsSpent() throws Exception {
    supervisor.delegate(budget(2));
    supervisor.launch(FIRST, shell("exit 3"));

    assertThat(supervisor.end(FIRST).successor()).hasValue(10);
    assertThat(supervisor.end(NEXT).successor()).hasValue(11);
    assertThat(supervisor.end(AFTER_NEXT).successor()).isEmpty();
  }

  @Test
  void whatCannotBeLaunchedCountsAsAFailure() throws Exception {
    supervisor.delegate(budget(1));
    supervisor.launch(FIRST, web("nosuch"));

    assertThat(supervisor.end(FIRST).successor()).hasValue(10);
    assertThat(supervisor.dead(NEXT).cause()).isEqualTo(ExitCause.LAUNCH);
  }

  @Test
  void withoutABudgetNothingIsLaunchedUnasked() throws Exception {
    supervisor.launch(FIRST, shell("exit 3"));

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
    assertThat(supervisor.reported(supervisor.snapshot())).hasSize(1);
  }

  @Test
  void aBudgetThatIsTakenBackIsNotUsed() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.delegate(new Budget(FIRST.service(), 1, 0, 0, new TreeMap<>(), Duration.ZERO));
    supervisor.launch(FIRST, shell("exit 3"));

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
  }

  @Test
  void aBudgetForNothingHereLeavesNoFileOnceItIsTakenBack() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.snapshot();
    assertThat(budgetFile()).exists();

    supervisor.delegate(new Budget(FIRST.service(), 1, 0, 0, new TreeMap<>(), Duration.ZERO));

    supervisor.snapshot();
    assertThat(budgetFile()).doesNotExist();
  }

  @Test
  void whatWasAskedToEndIsNotRestarted() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.alive(FIRST, Phase.READY);

    supervisor.stop(FIRST);

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
  }

  @Test
  void anEndThatIsFinalForItsTypeIsNotAnswered() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, with(shell("exit 0"), RestartType.TRANSIENT));
    supervisor.launch(web(1, 2), with(shell("exit 1"), RestartType.TEMPORARY));

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
    assertThat(supervisor.end(web(1, 2)).successor()).isEmpty();
  }

  @Test
  void anInstanceThatHasBeenFollowedAlreadyIsNotFollowedTwice() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.launch(web(0, 2), web("sleep", "600"));
    supervisor.alive(web(0, 2), Phase.READY);

    kill(supervisor.alive(FIRST, Phase.READY).pid());

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
  }

  @Test
  void anAgentThatLeavesRestartsNothing() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, shell("trap 'exit 1' TERM; echo up; while :; do sleep 0.01; done"));
    supervisor.alive(FIRST, Phase.READY);
    supervisor.followUntil(FIRST, "up");

    agent.stopServices(Duration.ofSeconds(20));

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
  }

  @Test
  void aSuccessorTakesOverTheFixedPort() throws Exception {
    ProcessSpec process =
        new ProcessSpec(
            List.of("sleep", "600"),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            List.of(PortSpec.fixed("admin", 9100)));
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, with(web("true"), process));

    kill(supervisor.alive(FIRST, Phase.READY).pid());

    assertThat(supervisor.alive(NEXT, Phase.READY).ports())
        .containsExactly(Map.entry("admin", 9100));
  }

  @Test
  void anAgentThatIsCutOffRestartsAndTellsLater() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();
    InetSocketAddress address = supervisor.address();
    supervisor.close();

    kill(pid);
    awaitTrace(NEXT, "pid");
    supervisor = FakeSupervisor.startAt(address);

    List<Report> reports = supervisor.reported(supervisor.hello().getSnapshot());
    assertThat(reports).hasSize(2);
    assertThat(((Report.Dead) reports.getFirst()).successor()).hasValue(10);
    assertThat(reports.getLast())
        .isInstanceOfSatisfying(
            Report.Alive.class, alive -> assertThat(alive.instance()).isEqualTo(NEXT));
  }

  @Test
  void aDeadOneMayBeForgottenAndItsSuccessorLaunchedOnceMore() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    kill(supervisor.alive(FIRST, Phase.READY).pid());
    supervisor.end(FIRST);
    long pid = supervisor.alive(NEXT, Phase.READY).pid();

    supervisor.forget(FIRST);
    supervisor.launch(NEXT, web("sleep", "600"));

    assertThat(supervisor.alive(NEXT, Phase.READY).pid()).isEqualTo(pid);
    assertThat(supervisor.reported(supervisor.snapshot())).hasSize(1);
  }

  @Test
  void aBudgetThatCannotBeWrittenIsNotUsed() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();
    Files.delete(budgetFile());
    Files.createDirectory(budgetFile());

    kill(pid);

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
    assertThat(supervisor.reported(supervisor.snapshot())).hasSize(1);
  }

  @Test
  void anIntentThatCannotBeWrittenIsNotCarriedOut() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();
    Files.createFile(data.resolve("instances").resolve("web.0.10"));

    kill(pid);

    assertThat(supervisor.end(FIRST).successor()).isEmpty();
    assertThat(supervisor.reported(supervisor.snapshot())).hasSize(1);
  }

  @Test
  void theNextAgentTellsTheSameAndSpendsOnlyWhatIsLeft() throws Exception {
    supervisor.delegate(budget(2));
    supervisor.launch(FIRST, web("sleep", "600"));
    kill(supervisor.alive(FIRST, Phase.READY).pid());
    Report.Dead before = supervisor.end(FIRST);
    long pid = supervisor.alive(NEXT, Phase.READY).pid();

    assertThat(reportsOfTheNextAgent()).contains(before);

    kill(pid);
    assertThat(supervisor.end(NEXT).successor()).hasValue(11);
    kill(supervisor.alive(AFTER_NEXT, Phase.READY).pid());
    assertThat(supervisor.end(AFTER_NEXT).successor()).isEmpty();
  }

  @Test
  void anEndWhoseReportWasLostWithItsAgentNamesTheSuccessorThatLives() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    kill(supervisor.alive(FIRST, Phase.READY).pid());
    supervisor.end(FIRST);
    long pid = supervisor.alive(NEXT, Phase.READY).pid();
    agent.close();
    Files.delete(data.resolve("instances").resolve("web.0.1").resolve("outcome"));

    List<Report> reports = reportsOfTheNextAgent();

    assertThat(reports).hasSize(2);
    assertThat(((Report.Dead) reports.getFirst()).successor()).hasValue(10);
    assertThat(((Report.Alive) reports.getLast()).pid()).isEqualTo(pid);
  }

  @Test
  void anotherLaunchOfTheSlotIsNotTakenForASuccessor() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.launch(web(0, 2), web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();
    supervisor.alive(web(0, 2), Phase.READY);
    agent.close();
    kill(pid);
    awaitTrace(FIRST, "exit");

    List<Report> reports = reportsOfTheNextAgent();

    assertThat(reports).hasSize(2);
    assertThat(((Report.Dead) reports.getFirst()).successor()).isEmpty();
  }

  @Test
  void whoDiedTogetherWithTheAgentIsRestartedEvenWithoutASupervisor() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();
    InetSocketAddress address = supervisor.address();
    supervisor.close();
    agent.close();
    kill(pid);
    awaitTrace(FIRST, "exit");

    agent = AgentFixture.start(data, address);

    awaitTrace(NEXT, "pid");
    supervisor = FakeSupervisor.startAt(address);
    assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
        .filteredOn(Report.Dead.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Report.Dead.class, dead -> assertThat(dead.successor()).hasValue(10));
  }

  @Test
  void anAgentThatCannotReadItsBudgetAsks() throws Exception {
    supervisor.delegate(budget(5));
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();
    Files.writeString(budgetFile(), "no budget at all");

    assertThat(reportsOfTheNextAgent()).hasSize(1);

    kill(pid);
    assertThat(supervisor.end(FIRST).successor()).isEmpty();
  }

  private List<Report> reportsOfTheNextAgent() throws Exception {
    agent.close();
    supervisor.hello();
    agent = started(data, supervisor);
    return supervisor.reported(supervisor.hello().getSnapshot());
  }

  private void awaitTrace(InstanceId id, String name) throws Exception {
    Path trace = data.resolve("instances").resolve("web.0." + id.epoch()).resolve(name);
    Eventually.holds(
        id + " has left its " + name,
        () -> Files.exists(trace) && !Files.readString(trace, ISO_8859_1).isBlank());
  }

  private Path budgetFile() {
    return data.resolve("budgets").resolve("web");
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
