package io.holdfast.supervisor.node;

import io.holdfast.core.NodeId;
import io.holdfast.core.detection.AbsenceEffect;
import io.holdfast.core.placement.Clearing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which events record what has become known of a node: none for what was known before. */
final class NodeFacts {

  private NodeFacts() {}

  static List<NodeEvent> of(NodeId id, NodeState state, NodeNews news, Instant now) {
    List<NodeEvent> events = new ArrayList<>();
    news.profile()
        .filter(
            profile ->
                !(state instanceof NodeState.Seen(var before, _, _) && before.equals(profile)))
        .ifPresent(profile -> events.add(new NodeEvent.Joined(id, profile, now)));
    NodeState joined = events.stream().reduce(state, NodeState::after, (_, later) -> later);
    if (joined instanceof NodeState.Seen(_, var before, _) && before != news.condition()) {
      events.add(new NodeEvent.ConditionChanged(id, news.condition(), news.why(), now));
    }
    return events;
  }

  /** How far a drain has come. */
  static List<NodeEvent> cleared(NodeId id, List<Clearing.Effect> effects, Instant now) {
    return effects.stream()
        .<NodeEvent>map(
            effect ->
                switch (effect) {
                  case Clearing.Effect.Finish() -> new NodeEvent.Drained(id, now);
                  case Clearing.Effect.Alarm(var why) -> new NodeEvent.AlarmRaised(id, why, now);
                })
        .toList();
  }

  /** What was found out about its host while its agent is not heard. */
  static List<NodeEvent> of(NodeId id, List<AbsenceEffect> effects, Instant now) {
    return effects.stream().flatMap(effect -> of(id, effect, now)).toList();
  }

  private static Stream<NodeEvent> of(NodeId id, AbsenceEffect effect, Instant now) {
    return switch (effect) {
      case AbsenceEffect.Doubt(var why) -> Stream.of(new NodeEvent.Doubted(id, why, now));
      case AbsenceEffect.Trust(var why) -> Stream.of(new NodeEvent.Trusted(id, why, now));
      case AbsenceEffect.Alarm(var why) -> Stream.of(new NodeEvent.AlarmRaised(id, why, now));
      case AbsenceEffect.Check _,
          AbsenceEffect.AskBrake _,
          AbsenceEffect.Bury _,
          AbsenceEffect.Condemn _ ->
          Stream.empty();
    };
  }
}
