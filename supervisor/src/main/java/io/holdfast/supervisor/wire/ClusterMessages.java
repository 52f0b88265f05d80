package io.holdfast.supervisor.wire;

import io.holdfast.core.InstanceId;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.detection.Brake;
import io.holdfast.supervisor.api.ApplyOutcome;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.api.GroupDetail;
import io.holdfast.supervisor.api.ServiceDetail;
import io.holdfast.supervisor.catalog.CatalogActor;
import io.holdfast.supervisor.errand.Errand;
import io.holdfast.supervisor.group.GroupActor;
import io.holdfast.supervisor.node.AgentSession;
import io.holdfast.supervisor.node.BrakeActor;
import io.holdfast.supervisor.node.Inquiry;
import io.holdfast.supervisor.node.LogPart;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.node.NodeDirectory;
import io.holdfast.supervisor.routing.OutcomeDesk;
import io.holdfast.supervisor.routing.RoutingHub;
import io.holdfast.supervisor.service.ServiceActor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that supervisor nodes say to each other, by the name that stands for it on the wire:
 * that of its class within the class around it.
 */
final class ClusterMessages {

  /** What the actors understand, and what they answer. */
  static final List<Class<?>> ROOTS =
      List.of(
          CatalogActor.Command.class,
          ServiceActor.Command.class,
          GroupActor.Command.class,
          NodeActor.Command.class,
          NodeDirectory.Command.class,
          BrakeActor.Command.class,
          BrakeActor.Status.class,
          Brake.Answer.class,
          Inquiry.Found.class,
          AgentSession.Command.class,
          Errand.class,
          Errand.Done.class,
          RoutingHub.Command.class,
          OutcomeDesk.Command.class,
          ApplyOutcome.class,
          ChangeOutcome.class,
          NodeActor.ConnectAnswer.class,
          NodeActor.ReserveAnswer.class,
          LogPart.class,
          Catalog.class,
          ServiceDetail.class,
          GroupDetail.class,
          AgentSession.Pulse.class,
          OutcomeDesk.Reports.class,
          InstanceId.class);

  private static final Map<String, Class<?>> BY_NAME =
      ROOTS.stream()
          .flatMap(SealedNames::kinds)
          .collect(Collectors.toUnmodifiableMap(ClusterMessages::nameOf, Function.identity()));

  private ClusterMessages() {}

  static String nameOf(Class<?> kind) {
    return kind.getName().substring(kind.getPackageName().length() + 1).replace('$', '.');
  }

  static Optional<Class<?>> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name)).map(Function.identity());
  }
}
