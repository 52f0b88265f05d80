package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.crash;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.LEASE;
import static io.holdfast.core.fixture.WebSpec.web;

import io.holdfast.core.InstanceId;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Every kind of input, about the instance in question, the newcomer or a stranger. */
enum News {
  ENSURED_AGAIN,
  REMOVED_BEFORE,
  REMOVED,
  LAUNCHED,
  STARTED,
  READY,
  UNREADY,
  STOPPING,
  CRASHED,
  SUCCEEDED,
  ENDED_AS_ASKED,
  ENDED_WITH_AGENT,
  MISSED,
  MISSED_ELSEWHERE,
  DRAINED,
  NEWCOMER_READY,
  NEWCOMER_CRASHED,
  NEWCOMER_MISSED,
  STRANGER_READY,
  STRANGER_CRASHED,
  STRANGER_MISSED,
  STRANGER_DRAINED,
  PLACED,
  PLACED_NOWHERE,
  RESTART_REQUESTED,
  RESTART_OF_NO_SLOT,
  RESTARTED_BY_AGENT,
  RESTARTED_BY_AGENT_BEYOND,
  SUCCESSOR_READY,
  NODE_AWAY_SHORTLY,
  NODE_AWAY,
  HALT_ORDERED,
  HALT_ORDERED_BEFORE,
  HALT_ORDERED_BY_ANOTHER,
  BEGIN_ORDERED,
  BEGIN_ORDERED_BEFORE,
  HOLD_ORDERED,
  HOLD_ORDERED_FOR_ANOTHER,
  EXCEEDED,
  TICKED;

  ServiceInput input() {
    return switch (this) {
      case ENSURED_AGAIN ->
          new ServiceInput.Ensured(1, web().instances(3).build(), Optional.empty());
      case REMOVED_BEFORE -> new ServiceInput.Removed(1);
      case REMOVED -> new ServiceInput.Removed(9);
      case LAUNCHED -> alive(web(0, 1), Phase.STARTING, 0);
      case STARTED -> alive(web(0, 1), Phase.STARTING, 7);
      case READY -> alive(web(0, 1), Phase.READY, 7);
      case UNREADY -> alive(web(0, 1), Phase.UNREADY, 7);
      case STOPPING -> alive(web(0, 1), Phase.STOPPING, 7);
      case CRASHED -> told(new Report.Dead(web(0, 1), crash()));
      case SUCCEEDED -> told(new Report.Dead(web(0, 1), success()));
      case ENDED_AS_ASKED -> told(new Report.Dead(web(0, 1), end(ExitCause.REQUESTED)));
      case ENDED_WITH_AGENT -> told(new Report.Dead(web(0, 1), end(ExitCause.SHUTDOWN)));
      case MISSED -> new ServiceInput.Missed(NODE_A, web(0, 1));
      case MISSED_ELSEWHERE -> new ServiceInput.Missed(NODE_B, web(0, 1));
      case DRAINED -> new ServiceInput.Drained(web(0, 1));
      case NEWCOMER_READY -> alive(web(0, 2), Phase.READY, 8);
      case NEWCOMER_CRASHED -> told(new Report.Dead(web(0, 2), crash()));
      case NEWCOMER_MISSED -> new ServiceInput.Missed(NODE_A, web(0, 2));
      case STRANGER_READY -> alive(web(3, 99), Phase.READY, 9);
      case STRANGER_CRASHED -> told(new Report.Dead(web(3, 99), crash()));
      case STRANGER_MISSED -> new ServiceInput.Missed(NODE_A, web(3, 99));
      case STRANGER_DRAINED -> new ServiceInput.Drained(web(3, 99));
      case PLACED -> new ServiceInput.Placed(0, NODE_B);
      case PLACED_NOWHERE -> new ServiceInput.Placed(5, NODE_B);
      case RESTART_REQUESTED -> new ServiceInput.RestartRequested(OptionalInt.empty());
      case RESTART_OF_NO_SLOT -> new ServiceInput.RestartRequested(OptionalInt.of(5));
      case RESTARTED_BY_AGENT -> restarted(2);
      case RESTARTED_BY_AGENT_BEYOND -> restarted(70);
      case SUCCESSOR_READY -> alive(web(0, 3), Phase.READY, 9);
      case NODE_AWAY_SHORTLY -> new ServiceInput.NodeAway(NODE_A, LEASE.plusMillis(1_999), false);
      case NODE_AWAY -> new ServiceInput.NodeAway(NODE_A, LEASE.plusSeconds(2), false);
      case HALT_ORDERED -> new ServiceInput.HaltOrdered(SHOP, 3, "the group says so");
      case HALT_ORDERED_BEFORE -> new ServiceInput.HaltOrdered(SHOP, 1, "long ago");
      case HALT_ORDERED_BY_ANOTHER -> new ServiceInput.HaltOrdered(MALL, 9, "not its group");
      case BEGIN_ORDERED -> new ServiceInput.BeginOrdered(SHOP, 3);
      case BEGIN_ORDERED_BEFORE -> new ServiceInput.BeginOrdered(SHOP, 1);
      case HOLD_ORDERED -> new ServiceInput.HoldOrdered(SHOP, web(0, 1), "spent");
      case HOLD_ORDERED_FOR_ANOTHER -> new ServiceInput.HoldOrdered(SHOP, web(0, 9), "spent");
      case EXCEEDED ->
          new ServiceInput.Judged(
              List.of(
                  new Finding(web(0, 1), Finding.Opinion.EXCEEDS, "43 of 120 requests failed")));
      case TICKED -> new ServiceInput.Ticked();
    };
  }

  private static ServiceInput restarted(long successor) {
    return told(new Report.Dead(web(0, 1), crash(), OptionalLong.of(successor)));
  }

  private static ServiceInput alive(InstanceId instance, Phase phase, long pid) {
    return told(new Report.Alive(instance, phase, pid, Map.of("http", 20_000), START, ""));
  }

  private static ServiceInput told(Report report) {
    return new ServiceInput.Reported(NODE_A, "10.0.0.1", "", report);
  }
}
