package io.holdfast.core.supervision;

import io.holdfast.core.supervision.GroupState.Active;
import io.holdfast.core.supervision.GroupState.Answer;
import io.holdfast.core.supervision.GroupState.Blank;
import io.holdfast.core.supervision.GroupState.Gone;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a recorded event changes a group. Total: an event that does not fit the state, which a
 * journal written by {@link Group} never holds, changes nothing.
 */
final class GroupEvolution {

  private GroupEvolution() {}

  static GroupState after(GroupState state, GroupEvent event) {
    return switch (state) {
      case Blank() -> first(state, event, 0);
      case Gone gone -> first(state, event, gone.lastOrder());
      case Active active -> next(active, event);
    };
  }

  private static GroupState first(GroupState state, GroupEvent event, long lastOrder) {
    return event instanceof GroupEvent.SpecAccepted(var version, var spec, var children, _)
        ? new Active(
            version,
            spec,
            children,
            Window.EMPTY,
            Optional.empty(),
            lastOrder,
            Collections.emptySortedMap(),
            new Membership.Alone(),
            Optional.empty())
        : state;
  }

  private static GroupState next(Active group, GroupEvent event) {
    return switch (event) {
      case GroupEvent.SpecAccepted(var version, var spec, var children, _) ->
          new Active(
              version,
              spec,
              children,
              group.restarts(),
              group.cascade(),
              group.lastOrder(),
              group.answers(),
              group.membership(),
              group.escalation());
      case GroupEvent.Removed(var version, _) -> new Gone(version, group.lastOrder());
      case GroupEvent.GroupJoined(var parent, _) ->
          with(group, new Membership.Free(parent, 0), group.restarts(), group.escalation());
      case GroupEvent.GroupLeft _ ->
          with(group, new Membership.Alone(), group.restarts(), Optional.empty());
      case GroupEvent.ChildFailed(var child, var escalation, _, var at) ->
          answered(
              with(
                  group,
                  group.membership(),
                  group.restarts().plus(group.spec().period(), at),
                  group.escalation()),
              child,
              new Answer.Restarted(escalation.id()));
      case GroupEvent.Escalated(var child, var escalation, _, _) ->
          answered(
              with(group, group.membership(), group.restarts(), Optional.of(escalation)),
              child,
              new Answer.PassedOn(escalation.id()));
      case GroupEvent.ChildGivenUp(var child, var escalation, var clause, _) ->
          answered(
              with(group, group.membership(), group.restarts(), Optional.empty()),
              child,
              new Answer.GivenUp(escalation.id(), clause));
      case GroupEvent.EscalationExpired _ ->
          with(group, group.membership(), group.restarts(), Optional.empty());
      case GroupEvent.CascadeBegan(var order, var why, var toHalt, var toBegin, var at) ->
          with(group, Optional.of(new Cascade(order, why, toHalt, toBegin, at)), order);
      case GroupEvent.CascadeStepped(var order, _, var at) -> stepped(group, order, at);
      case GroupEvent.CascadeStepSkipped(var order, _, var at) -> stepped(group, order, at);
      case GroupEvent.CascadeEnded _ -> with(group, Optional.empty(), group.lastOrder());
      case GroupEvent.Halted(var parent, var order, _, _) ->
          with(group, new Membership.Halted(parent, order), Window.EMPTY, Optional.empty());
      case GroupEvent.Begun(var parent, var order, _) ->
          with(group, new Membership.Free(parent, order), group.restarts(), group.escalation());
    };
  }

  private static Active stepped(Active group, long order, java.time.Instant at) {
    return with(
        group,
        group.cascade().map(c -> c.order() == order && !c.isOver() ? c.stepped(at) : c),
        group.lastOrder());
  }

  private static Active answered(Active group, Child child, Answer answer) {
    SortedMap<String, Answer> answers = new TreeMap<>(group.answers());
    answers.put(child.title(), answer);
    return new Active(
        group.version(),
        group.spec(),
        group.children(),
        group.restarts(),
        group.cascade(),
        group.lastOrder(),
        answers,
        group.membership(),
        group.escalation());
  }

  private static Active with(Active group, Optional<Cascade> cascade, long lastOrder) {
    return new Active(
        group.version(),
        group.spec(),
        group.children(),
        group.restarts(),
        cascade,
        lastOrder,
        group.answers(),
        group.membership(),
        group.escalation());
  }

  private static Active with(
      Active group, Membership membership, Window restarts, Optional<Escalation> escalation) {
    return new Active(
        group.version(),
        group.spec(),
        group.children(),
        restarts,
        group.cascade(),
        group.lastOrder(),
        group.answers(),
        membership,
        escalation);
  }
}
