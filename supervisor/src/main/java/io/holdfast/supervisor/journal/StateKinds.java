package io.holdfast.supervisor.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.supervision.GroupState;
import io.holdfast.core.supervision.Membership;
import io.holdfast.core.supervision.Occupancy;
import io.holdfast.core.supervision.Regard;
import io.holdfast.core.supervision.Relocation;
import io.holdfast.core.supervision.Rollout;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Tenant;
import io.holdfast.supervisor.node.NodeState;
import java.util.List;
import java.util.SortedMap;

/** By which words the kinds of everything that a state is made of are told apart in snapshots. */
final class StateKinds {

  private StateKinds() {}

  static JsonMapper.Builder addTo(JsonMapper.Builder json) {
    return json.addMixIn(ServiceState.class, OfService.class)
        .addMixIn(Occupancy.class, OfOccupancy.class)
        .addMixIn(Tenant.Progress.class, OfProgress.class)
        .addMixIn(Regard.class, OfRegard.class)
        .addMixIn(Rollout.Turn.class, OfTurn.class)
        .addMixIn(Rollout.Newcomer.class, OfNewcomer.class)
        .addMixIn(Relocation.class, OfRelocation.class)
        .addMixIn(Catalog.class, OfCatalog.class)
        .addMixIn(Membership.class, OfMembership.class)
        .addMixIn(GroupState.class, OfGroup.class)
        .addMixIn(GroupState.Answer.class, OfAnswer.class)
        .addMixIn(NodeState.class, OfNode.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = ServiceState.Blank.class, name = "blank"),
    @JsonSubTypes.Type(value = ServiceState.Active.class, name = "active"),
    @JsonSubTypes.Type(value = ServiceState.Gone.class, name = "gone")
  })
  private interface OfService {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Occupancy.Vacant.class, name = "vacant"),
    @JsonSubTypes.Type(value = Occupancy.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = Occupancy.Occupied.class, name = "occupied"),
    @JsonSubTypes.Type(value = Occupancy.BackingOff.class, name = "backing-off"),
    @JsonSubTypes.Type(value = Occupancy.Fenced.class, name = "fenced"),
    @JsonSubTypes.Type(value = Occupancy.Escalated.class, name = "escalated"),
    @JsonSubTypes.Type(value = Occupancy.Held.class, name = "held"),
    @JsonSubTypes.Type(value = Occupancy.Ended.class, name = "ended")
  })
  private interface OfOccupancy {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Tenant.Launching.class, name = "launching"),
    @JsonSubTypes.Type(value = Tenant.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Tenant.Ready.class, name = "ready")
  })
  private interface OfProgress {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Regard.Trusted.class, name = "trusted"),
    @JsonSubTypes.Type(value = Regard.Isolated.class, name = "isolated"),
    @JsonSubTypes.Type(value = Regard.OnProbation.class, name = "on-probation"),
    @JsonSubTypes.Type(value = Regard.Condemned.class, name = "condemned")
  })
  private interface OfRegard {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Rollout.Surge.class, name = "surge"),
    @JsonSubTypes.Type(value = Rollout.StopFirst.class, name = "stop-first")
  })
  private interface OfTurn {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Rollout.Newcomer.Wanted.class, name = "wanted"),
    @JsonSubTypes.Type(value = Rollout.Newcomer.Launched.class, name = "launched"),
    @JsonSubTypes.Type(value = Rollout.Newcomer.Lost.class, name = "lost")
  })
  private interface OfNewcomer {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Relocation.UnderWay.class, name = "under-way"),
    @JsonSubTypes.Type(value = Relocation.Resting.class, name = "resting")
  })
  private interface OfRelocation {}

  /** What an earlier release did not write is not written where there is none of it. */
  private interface OfCatalog {
    @SuppressWarnings("UnusedMethod") // Jackson finds it by its name.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    SortedMap<ServiceName, List<Catalog.Past>> past();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Membership.Alone.class, name = "alone"),
    @JsonSubTypes.Type(value = Membership.Free.class, name = "free"),
    @JsonSubTypes.Type(value = Membership.Halted.class, name = "halted")
  })
  private interface OfMembership {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = GroupState.Blank.class, name = "blank"),
    @JsonSubTypes.Type(value = GroupState.Active.class, name = "active"),
    @JsonSubTypes.Type(value = GroupState.Gone.class, name = "gone")
  })
  private interface OfGroup {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = GroupState.Answer.Restarted.class, name = "restarted"),
    @JsonSubTypes.Type(value = GroupState.Answer.PassedOn.class, name = "passed-on"),
    @JsonSubTypes.Type(value = GroupState.Answer.GivenUp.class, name = "given-up")
  })
  private interface OfAnswer {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = NodeState.Unseen.class, name = "unseen"),
    @JsonSubTypes.Type(value = NodeState.Seen.class, name = "seen")
  })
  private interface OfNode {}
}
