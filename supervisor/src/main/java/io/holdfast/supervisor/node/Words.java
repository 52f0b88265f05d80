package io.holdfast.supervisor.node;

import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Budget;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.agent.Forget;
import io.holdfast.protocol.agent.HeartbeatAck;
import io.holdfast.protocol.agent.Launch;
import io.holdfast.protocol.agent.Refused;
import io.holdfast.protocol.agent.SnapshotRequest;
import io.holdfast.protocol.agent.Stop;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.agent.Welcome;
import io.holdfast.protocol.spec.SpecWriter;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.BudgetWire;
import io.holdfast.protocol.wire.WireTime;
import java.time.Duration;

/** What a supervisor says to an agent. */
public final class Words {

  static final Duration LEASE = Duration.ofSeconds(30);

  private Words() {}

  public static SupervisorMessage launch(InstanceId instance, ServiceSpec spec) {
    return SupervisorMessage.newBuilder()
        .setLaunch(
            Launch.newBuilder()
                .setInstance(AgentWire.ref(instance))
                .setSpecJson(SpecWriter.json(spec.forAgent())))
        .build();
  }

  public static SupervisorMessage stop(InstanceId instance) {
    return SupervisorMessage.newBuilder()
        .setStop(Stop.newBuilder().setInstance(AgentWire.ref(instance)))
        .build();
  }

  public static SupervisorMessage forget(InstanceId instance) {
    return SupervisorMessage.newBuilder()
        .setForget(Forget.newBuilder().setInstance(AgentWire.ref(instance)))
        .build();
  }

  public static SupervisorMessage budget(Budget budget) {
    return SupervisorMessage.newBuilder().setBudget(BudgetWire.toWire(budget)).build();
  }

  static SupervisorMessage check(Check check) {
    return SupervisorMessage.newBuilder().setCheck(check).build();
  }

  static SupervisorMessage welcome(Duration interval) {
    return SupervisorMessage.newBuilder()
        .setWelcome(
            Welcome.newBuilder()
                .setLease(WireTime.duration(LEASE))
                .setInterval(WireTime.duration(interval)))
        .build();
  }

  static SupervisorMessage ack(long sequence, Duration interval) {
    return SupervisorMessage.newBuilder()
        .setAck(
            HeartbeatAck.newBuilder()
                .setSequence(sequence)
                .setLease(WireTime.duration(LEASE))
                .setInterval(WireTime.duration(interval)))
        .build();
  }

  static SupervisorMessage refused(String why) {
    return SupervisorMessage.newBuilder().setRefused(Refused.newBuilder().setReason(why)).build();
  }

  static SupervisorMessage snapshotRequest() {
    return SupervisorMessage.newBuilder()
        .setSnapshotRequest(SnapshotRequest.getDefaultInstance())
        .build();
  }
}
