package io.holdfast.supervisor;

import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Report;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.supervisor.node.Callers;
import io.holdfast.supervisor.node.NodeProfile;
import io.holdfast.supervisor.service.ServiceActor;
import java.time.Duration;

/** Reaches the services through their shards. */
record Shards(ClusterSharding sharding) implements Callers {

  @Override
  public void nodeConnected(ServiceName service, NodeId node) {
    tell(service, new ServiceActor.NodeConnected(node));
  }

  @Override
  public void nodeAway(ServiceName service, NodeId node, Duration silence, boolean lost) {
    tell(service, new ServiceActor.Observe(new ServiceInput.NodeAway(node, silence, lost)));
  }

  @Override
  public void foundDead(NodeId node, InstanceId instance) {
    tell(instance.service(), new ServiceActor.Observe(new ServiceInput.FoundDead(instance, node)));
  }

  @Override
  public void missed(NodeId node, InstanceId instance) {
    tell(instance.service(), new ServiceActor.Observe(new ServiceInput.Missed(node, instance)));
  }

  @Override
  public void reported(NodeId node, NodeProfile profile, Report report) {
    tell(
        report.instance().service(),
        new ServiceActor.Observe(
            new ServiceInput.Reported(node, profile.address(), profile.zone(), report)));
  }

  private void tell(ServiceName service, ServiceActor.Command command) {
    sharding.entityRefFor(ServiceActor.KEY, service.value()).tell(command);
  }
}
