package io.holdfast.supervisor.errand;

import io.holdfast.core.detection.Reach;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.agent.Checked;
import io.holdfast.protocol.reach.Target;
import io.holdfast.protocol.wire.ReachWire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The checks of other hosts that one agent or gateway was asked to make and has not answered. */
public final class Errands {

  /** One of an earlier release never answers; whoever asked does not wait for long. */
  private static final int MOST = 64;

  private final Map<Long, Consumer<List<Reach>>> open = new LinkedHashMap<>();
  private long last;

  /** What it is to be told. */
  public Check begin(List<Target> targets, Duration timeout, Consumer<List<Reach>> asker) {
    if (open.size() >= MOST) {
      open.remove(open.keySet().iterator().next());
    }
    open.put(++last, asker);
    return ReachWire.check(last, targets, timeout);
  }

  public void answered(Checked checked) {
    Optional.ofNullable(open.remove(checked.getRequest()))
        .ifPresent(asker -> asker.accept(ReachWire.reaches(checked)));
  }
}
