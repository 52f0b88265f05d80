package io.holdfast.core.detection;

import io.holdfast.core.InstanceId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What becomes known while a node's agent is not heard. */
public sealed interface AbsenceInput {

  /**
   * Time went by.
   *
   * @param elapsed since the last time, without pauses of the observer
   */
  record Passed(Duration elapsed) implements AbsenceInput {}

  /** Its stream is open still, and no heartbeat has come for longer than is probable. */
  record FellSilent() implements AbsenceInput {}

  /**
   * Others have connected to the endpoints that the node is known to have.
   *
   * @param endpoints what they found together; empty when there was nobody or nothing to ask
   */
  record Checked(SortedMap<InstanceId, Reach> endpoints) implements AbsenceInput {
    public Checked {
      endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
    }

    public static Checked of(Map<InstanceId, Reach> endpoints) {
      return new Checked(new TreeMap<>(endpoints));
    }
  }

  /** The brake lets it be condemned. */
  record Allowed() implements AbsenceInput {}

  /** The brake does not, for now. */
  record Withheld(String why) implements AbsenceInput {}
}
