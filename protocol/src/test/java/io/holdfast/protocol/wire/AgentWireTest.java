package io.holdfast.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.InstanceRef;
import io.holdfast.protocol.agent.NamedPort;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AgentWireTest {

  private static final InstanceId WEB = new InstanceId(new ServiceName("web"), 2, 17);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456789Z");

  @ParameterizedTest
  @EnumSource(value = Phase.class, mode = EnumSource.Mode.EXCLUDE, names = "EXITED")
  void aLiveInstanceComesBackAsItWas(Phase phase) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("http", 31_000);
    ports.put("admin", 9100);
    Report report = new Report.Alive(WEB, phase, 4711, ports, NOON, "");

    Report back = AgentWire.fromWire(AgentWire.toWire(report));

    assertThat(back).isEqualTo(report);
    assertThat(((Report.Alive) back).ports().keySet()).containsExactly("http", "admin");
  }

  @Test
  void whatTheReadinessProbeSaidLastComesBack() {
    Report report = new Report.Alive(WEB, Phase.UNREADY, 4711, Map.of(), NOON, "HTTP 503");
    assertThat(AgentWire.fromWire(AgentWire.toWire(report))).isEqualTo(report);
  }

  @Test
  void anExitComesBackWithTheSuccessorThatTheAgentHasLaunched() {
    Report report =
        new Report.Dead(WEB, exit(new ExitStatus.Code(1)), OptionalLong.of(Long.MAX_VALUE));
    assertThat(AgentWire.fromWire(AgentWire.toWire(report))).isEqualTo(report);
  }

  @Test
  void aReportOfAnEarlierReleaseHasNoSuccessorAndNoProbe() {
    var dead = AgentWire.toWire(new Report.Dead(WEB, exit(new ExitStatus.Code(1))));
    var alive = AgentWire.toWire(new Report.Alive(WEB, Phase.UNREADY, 1, Map.of(), NOON, ""));

    assertThat(dead.toBuilder().clearSuccessor().build()).isEqualTo(dead);
    assertThat(alive.toBuilder().clearProbe().build()).isEqualTo(alive);
    assertThat(((Report.Dead) AgentWire.fromWire(dead)).successor()).isEmpty();
    assertThat(((Report.Alive) AgentWire.fromWire(alive)).probe()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void anExitComesBackWithItsStatus(ExitStatus status) {
    assertComesBack(new Exit(status, ExitCause.SELF, NOON, "", List.of("last words")));
  }

  @ParameterizedTest
  @EnumSource(names = "THRESHOLDS", mode = EnumSource.Mode.EXCLUDE) // The supervisor's own word.
  void anExitComesBackWithItsCause(ExitCause cause) {
    assertComesBack(new Exit(new ExitStatus.Code(1), cause, NOON, "HTTP 500", List.of()));
  }

  @Test
  void aReferenceComesBackAsTheSameInstance() {
    assertThat(AgentWire.id(AgentWire.ref(WEB))).isEqualTo(WEB);
  }

  @Test
  void aReferenceToNoPossibleInstanceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentWire.id(InstanceRef.getDefaultInstance()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AgentWire.id(AgentWire.ref(WEB).toBuilder().setEpoch(0).build()));
  }

  @Test
  void aReportThatNoAgentCouldMeanIsRefused() {
    var alive = AgentWire.toWire(new Report.Alive(WEB, Phase.READY, 1, Map.of(), NOON, ""));

    assertRefused(io.holdfast.protocol.agent.Report.getDefaultInstance());
    assertRefused(alive.toBuilder().clearInstance().build());
    assertRefused(alive.toBuilder().setPid(-1).build());
    assertRefused(alive.toBuilder().clearStartedAt().build());
    assertRefused(alive.toBuilder().setPhaseValue(99).build());
    assertRefused(alive.toBuilder().addPorts(NamedPort.newBuilder().setName("http")).build());
  }

  @Test
  void aNegativeSuccessorIsRefused() {
    var dead = AgentWire.toWire(new Report.Dead(WEB, exit(new ExitStatus.Unknown())));

    assertRefused(dead.toBuilder().setSuccessor(-1).build());
  }

  @Test
  void anEndedInstanceWithoutItsExitIsRefusedAndSoIsALiveOneWithAnExit() {
    var dead = AgentWire.toWire(new Report.Dead(WEB, exit(new ExitStatus.Unknown())));

    assertRefused(dead.toBuilder().clearExit().build());
    assertRefused(dead.toBuilder().setPhase(io.holdfast.protocol.agent.Phase.PHASE_READY).build());
    assertRefused(dead.toBuilder().setExit(dead.getExit().toBuilder().clearStatus()).build());
    assertRefused(dead.toBuilder().setExit(dead.getExit().toBuilder().setCode(256)).build());
    assertRefused(dead.toBuilder().setExit(dead.getExit().toBuilder().setCauseValue(99)).build());
  }

  static List<ExitStatus> statuses() {
    return List.of(
        new ExitStatus.Code(0),
        new ExitStatus.Code(255),
        new ExitStatus.Signal("KILL", true),
        new ExitStatus.Signal("SEGV", false),
        new ExitStatus.NotStarted("No such file or directory"),
        new ExitStatus.NotStarted(""),
        new ExitStatus.Unknown());
  }

  private static Exit exit(ExitStatus status) {
    return new Exit(status, ExitCause.SELF, NOON, "", List.of());
  }

  private static void assertComesBack(Exit exit) {
    Report report = new Report.Dead(WEB, exit);
    assertThat(AgentWire.fromWire(AgentWire.toWire(report))).isEqualTo(report);
  }

  private static void assertRefused(io.holdfast.protocol.agent.Report report) {
    assertThatIllegalArgumentException().isThrownBy(() -> AgentWire.fromWire(report));
  }
}
