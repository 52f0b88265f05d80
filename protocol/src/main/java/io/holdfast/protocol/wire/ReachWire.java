package io.holdfast.protocol.wire;

import io.holdfast.core.detection.Reach;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.agent.Checked;
import io.holdfast.protocol.reach.Look;
import io.holdfast.protocol.reach.Target;
import java.time.Duration;
import java.util.List;

/** Checks of other hosts, and what came of them. */
public final class ReachWire {

  private ReachWire() {}

  public static Check check(long request, List<Target> targets, Duration timeout) {
    Check.Builder check =
        Check.newBuilder().setRequest(request).setTimeout(WireTime.duration(timeout));
    targets.forEach(
        target ->
            check.addTargets(
                io.holdfast.protocol.agent.Target.newBuilder()
                    .setAddress(target.address())
                    .setPort(target.port())));
    return check.build();
  }

  /** Throws {@link IllegalArgumentException} for a target that is none. */
  public static Look look(Check check) {
    return new Look(check.getRequest(), targets(check), WireTime.duration(check.getTimeout()));
  }

  /** Throws {@link IllegalArgumentException} for a target that is none. */
  public static List<Target> targets(Check check) {
    return check.getTargetsList().stream()
        .map(target -> new Target(target.getAddress(), target.getPort()))
        .toList();
  }

  public static Checked checked(long request, List<Reach> reaches) {
    return Checked.newBuilder()
        .setRequest(request)
        .addAllReaches(reaches.stream().map(ReachWire::toWire).toList())
        .build();
  }

  /** What a later release says and this one does not know proves nothing. */
  public static List<Reach> reaches(Checked checked) {
    return checked.getReachesList().stream().map(ReachWire::fromWire).toList();
  }

  private static Checked.Reach toWire(Reach reach) {
    return switch (reach) {
      case ACCEPTED -> Checked.Reach.REACH_ACCEPTED;
      case REFUSED -> Checked.Reach.REACH_REFUSED;
      case SILENT -> Checked.Reach.REACH_SILENT;
    };
  }

  private static Reach fromWire(Checked.Reach reach) {
    return switch (reach) {
      case REACH_ACCEPTED -> Reach.ACCEPTED;
      case REACH_REFUSED -> Reach.REFUSED;
      case REACH_SILENT, REACH_UNSPECIFIED, UNRECOGNIZED -> Reach.SILENT;
    };
  }
}
