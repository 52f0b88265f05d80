package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What follows from a node's agent not being heard. */
public sealed interface AbsenceEffect {

  /** Let others connect to its endpoints. */
  record Check() implements AbsenceEffect {}

  /**
   * Tell the brake that the node is suspect, and ask whether it may be condemned.
   *
   * @param due whether it is to be condemned if it may
   * @param confirmed whether others found nothing alive there
   */
  record AskBrake(boolean due, boolean confirmed) implements AbsenceEffect {}

  /** Its endpoints are to be used only in need. */
  record Doubt(String why) implements AbsenceEffect {}

  /** Its endpoints are as good as any. */
  record Trust(String why) implements AbsenceEffect {}

  /** These instances are dead, though the host is not. */
  record Bury(SortedSet<InstanceId> instances) implements AbsenceEffect {
    public Bury {
      instances = Collections.unmodifiableSortedSet(new TreeSet<>(instances));
    }
  }

  /** All that was on it is to be replaced. */
  record Condemn(String why) implements AbsenceEffect {}

  /** Somebody should look at it; said once. */
  record Alarm(String why) implements AbsenceEffect {}
}
