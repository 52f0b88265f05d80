package io.holdfast.supervisor.group;

import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.GroupInput;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.supervisor.journal.JournalGate;
import io.holdfast.supervisor.service.ServiceActor;
import java.time.InstantSource;

/** What a group reaches: its children, and its own group. */
public record GroupPorts(ClusterSharding sharding, JournalGate gate, InstantSource clock) {

  void halt(GroupName group, Child child, long order, String why) {
    switch (child) {
      case Child.OfService(var name) -> tell(name, new ServiceInput.HaltOrdered(group, order, why));
      case Child.OfGroup(var name) -> tell(name, new GroupInput.HaltOrdered(group, order, why));
    }
  }

  void begin(GroupName group, Child child, long order) {
    switch (child) {
      case Child.OfService(var name) -> tell(name, new ServiceInput.BeginOrdered(group, order));
      case Child.OfGroup(var name) -> tell(name, new GroupInput.BeginOrdered(group, order));
    }
  }

  void hold(GroupName group, Child child, String escalation, String clause) {
    switch (child) {
      case Child.OfService(var name) ->
          InstanceId.parse(escalation)
              .ifPresent(
                  instance -> tell(name, new ServiceInput.HoldOrdered(group, instance, clause)));
      case Child.OfGroup(var name) ->
          tell(name, new GroupInput.HoldOrdered(group, escalation, clause));
    }
  }

  private void tell(ServiceName service, ServiceInput input) {
    sharding.entityRefFor(ServiceActor.KEY, service.value()).tell(new ServiceActor.Observe(input));
  }

  void tell(GroupName group, GroupInput input) {
    sharding.entityRefFor(GroupActor.KEY, group.value()).tell(new GroupActor.Observe(input));
  }
}
