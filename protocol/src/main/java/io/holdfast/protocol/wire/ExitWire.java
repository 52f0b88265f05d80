package io.holdfast.protocol.wire;

import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.protocol.agent.Exit.Cause;
import io.holdfast.protocol.agent.Exit.Signal;

/** How an instance ended, to and from the wire. */
final class ExitWire {

  private static final int HIGHEST_CODE = 255;

  private ExitWire() {}

  static io.holdfast.protocol.agent.Exit toWire(Exit exit) {
    var wire =
        io.holdfast.protocol.agent.Exit.newBuilder()
            .setCause(cause(exit.cause()))
            .setAt(WireTime.instant(exit.at()))
            .setProbe(exit.probe())
            .addAllLog(exit.log());
    return switch (exit.status()) {
      case ExitStatus.Code(int code) -> wire.setCode(code).build();
      case ExitStatus.Signal(String name, boolean oom) ->
          wire.setSignal(Signal.newBuilder().setName(name).setOom(oom)).build();
      case ExitStatus.NotStarted(String why) -> wire.setNotStarted(why).build();
      case ExitStatus.Unknown() -> wire.setUnknown(true).build();
    };
  }

  static Exit fromWire(io.holdfast.protocol.agent.Exit exit) {
    Wire.expect(exit.hasAt(), "the time of the exit");
    return new Exit(
        status(exit),
        cause(exit.getCause()),
        WireTime.instant(exit.getAt()),
        exit.getProbe(),
        exit.getLogList());
  }

  private static ExitStatus status(io.holdfast.protocol.agent.Exit exit) {
    return switch (exit.getStatusCase()) {
      case CODE -> code(exit.getCode());
      case SIGNAL -> signal(exit.getSignal());
      case NOT_STARTED -> new ExitStatus.NotStarted(exit.getNotStarted());
      case UNKNOWN -> new ExitStatus.Unknown();
      case STATUS_NOT_SET -> throw Wire.nonsense("an exit with a status");
    };
  }

  private static ExitStatus code(int code) {
    Wire.expect(code >= 0 && code <= HIGHEST_CODE, "an exit code from 0 to " + HIGHEST_CODE);
    return new ExitStatus.Code(code);
  }

  private static ExitStatus signal(Signal signal) {
    Wire.expect(!signal.getName().isBlank(), "a signal with a name");
    return new ExitStatus.Signal(signal.getName(), signal.getOom());
  }

  private static Cause cause(ExitCause cause) {
    return switch (cause) {
      case SELF -> Cause.CAUSE_SELF;
      case LAUNCH -> Cause.CAUSE_LAUNCH;
      case START_DEADLINE -> Cause.CAUSE_START_DEADLINE;
      case LIVENESS -> Cause.CAUSE_LIVENESS;
      case NODE_LOST -> Cause.CAUSE_NODE_LOST;
      case LEASE -> Cause.CAUSE_LEASE;
      // An agent knows of no thresholds: it was asked.
      case REQUESTED, THRESHOLDS -> Cause.CAUSE_REQUESTED;
      case SHUTDOWN -> Cause.CAUSE_SHUTDOWN;
    };
  }

  private static ExitCause cause(Cause cause) {
    return switch (cause) {
      case CAUSE_SELF -> ExitCause.SELF;
      case CAUSE_LAUNCH -> ExitCause.LAUNCH;
      case CAUSE_START_DEADLINE -> ExitCause.START_DEADLINE;
      case CAUSE_LIVENESS -> ExitCause.LIVENESS;
      case CAUSE_NODE_LOST -> ExitCause.NODE_LOST;
      case CAUSE_LEASE -> ExitCause.LEASE;
      case CAUSE_REQUESTED -> ExitCause.REQUESTED;
      case CAUSE_SHUTDOWN -> ExitCause.SHUTDOWN;
      case CAUSE_UNSPECIFIED, UNRECOGNIZED -> throw Wire.nonsense("a known cause");
    };
  }
}
