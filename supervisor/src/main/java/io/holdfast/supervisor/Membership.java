package io.holdfast.supervisor;

import akka.actor.typed.ActorSystem;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import io.holdfast.supervisor.api.ClusterStatus;
import io.holdfast.supervisor.api.ClusterStatus.BrakeStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The supervisor nodes, as this one sees them. */
final class Membership {

  private Membership() {}

  static int count(ActorSystem<?> system) {
    return of(system).size();
  }

  /** By their addresses, the oldest first. */
  static List<String> of(ActorSystem<?> system) {
    return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
        .sorted(Member.ageOrdering())
        .map(member -> member.address().hostPort())
        .toList();
  }

  static ClusterStatus of(ActorSystem<?> system, Store store, Optional<BrakeStatus> brake) {
    ClusterEvent.CurrentClusterState state = Cluster.get(system).state();
    List<String> unreachable =
        state.getUnreachable().stream().map(member -> member.address().hostPort()).toList();
    String leader = Optional.ofNullable(state.getLeader()).map(each -> each.hostPort()).orElse("");
    return new ClusterStatus(
        of(system), leader, unreachable, brake, store.kind(), store.gate().closed().orElse("ok"));
  }
}
