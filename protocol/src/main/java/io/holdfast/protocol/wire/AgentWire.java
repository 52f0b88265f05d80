package io.holdfast.protocol.wire;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.InstanceRef;
import io.holdfast.protocol.agent.NamedPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What an agent reports, to and from the wire. */
public final class AgentWire {

  private AgentWire() {}

  public static io.holdfast.protocol.agent.Report toWire(Report report) {
    return switch (report) {
      case Report.Alive alive -> alive(alive);
      case Report.Dead(InstanceId instance, var exit, var successor) ->
          io.holdfast.protocol.agent.Report.newBuilder()
              .setInstance(ref(instance))
              .setPhase(io.holdfast.protocol.agent.Phase.PHASE_EXITED)
              .setExit(ExitWire.toWire(exit))
              .setSuccessor(successor.orElse(0))
              .build();
    };
  }

  /**
   * The report that {@link #toWire} was given.
   *
   * @throws IllegalArgumentException for what no agent could mean
   */
  public static Report fromWire(io.holdfast.protocol.agent.Report report) {
    Phase phase = phase(report.getPhase());
    Wire.expect(report.hasInstance(), "a report of an instance");
    Wire.expect((phase == Phase.EXITED) == report.hasExit(), "an exit of an ended instance only");
    InstanceId instance = id(report.getInstance());
    return report.hasExit()
        ? new Report.Dead(instance, ExitWire.fromWire(report.getExit()), successor(report))
        : alive(instance, phase, report);
  }

  public static InstanceRef ref(InstanceId id) {
    return InstanceRef.newBuilder()
        .setService(id.service().value())
        .setSlot(id.slot())
        .setEpoch(id.epoch())
        .build();
  }

  /**
   * The instance that is meant.
   *
   * @throws IllegalArgumentException when it names no possible instance
   */
  public static InstanceId id(InstanceRef ref) {
    return new InstanceId(new ServiceName(ref.getService()), ref.getSlot(), ref.getEpoch());
  }

  private static io.holdfast.protocol.agent.Report alive(Report.Alive alive) {
    var wire =
        io.holdfast.protocol.agent.Report.newBuilder()
            .setInstance(ref(alive.instance()))
            .setPhase(phase(alive.phase()))
            .setPid(alive.pid())
            .setStartedAt(WireTime.instant(alive.startedAt()))
            .setProbe(alive.probe());
    alive
        .ports()
        .forEach((name, port) -> wire.addPorts(NamedPort.newBuilder().setName(name).setPort(port)));
    return wire.build();
  }

  private static Report alive(
      InstanceId instance, Phase phase, io.holdfast.protocol.agent.Report report) {
    Wire.expect(report.getPid() >= 0, "a process id, 0 while it is being launched");
    Wire.expect(report.hasStartedAt(), "the time of the start");
    return new Report.Alive(
        instance,
        phase,
        report.getPid(),
        ports(report),
        WireTime.instant(report.getStartedAt()),
        report.getProbe());
  }

  private static OptionalLong successor(io.holdfast.protocol.agent.Report report) {
    long epoch = report.getSuccessor();
    Wire.expect(epoch >= 0, "the epoch of a successor, 0 for none");
    return epoch == 0 ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  private static Map<String, Integer> ports(io.holdfast.protocol.agent.Report report) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (NamedPort port : report.getPortsList()) {
      Wire.expect(!port.getName().isBlank(), "a port with a name");
      Wire.expect(ports.put(port.getName(), Wire.port(port.getPort())) == null, "each port once");
    }
    return ports;
  }

  private static io.holdfast.protocol.agent.Phase phase(Phase phase) {
    return switch (phase) {
      case STARTING -> io.holdfast.protocol.agent.Phase.PHASE_STARTING;
      case READY -> io.holdfast.protocol.agent.Phase.PHASE_READY;
      case UNREADY -> io.holdfast.protocol.agent.Phase.PHASE_UNREADY;
      case STOPPING -> io.holdfast.protocol.agent.Phase.PHASE_STOPPING;
      case EXITED -> io.holdfast.protocol.agent.Phase.PHASE_EXITED;
    };
  }

  private static Phase phase(io.holdfast.protocol.agent.Phase phase) {
    return switch (phase) {
      case PHASE_STARTING -> Phase.STARTING;
      case PHASE_READY -> Phase.READY;
      case PHASE_UNREADY -> Phase.UNREADY;
      case PHASE_STOPPING -> Phase.STOPPING;
      case PHASE_EXITED -> Phase.EXITED;
      case PHASE_UNSPECIFIED, UNRECOGNIZED -> throw Wire.nonsense("a known phase");
    };
  }
}
