package io.holdfast.supervisor.service;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Deliberation;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.spec.Thresholds;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.routing.OutcomeDesk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What requests show of one service's instances, while its specification names thresholds. */
final class Judgements {

  private final ServiceName name;
  private final ActorRef<OutcomeDesk.Command> desk;
  private final ActorRef<OutcomeDesk.Reports> listener;
  private Optional<Deliberation> deliberation = Optional.empty();

  Judgements(
      ServiceName name,
      ActorRef<OutcomeDesk.Command> desk,
      ActorContext<ServiceActor.Command> context) {
    this.name = name;
    this.desk = desk;
    this.listener =
        context.messageAdapter(
            OutcomeDesk.Reports.class, reports -> new ServiceActor.Told(reports.outcomes()));
  }

  /** Begins to listen when there are thresholds, anew when they are others, and ends. */
  void listen(ServiceState state, Instant now) {
    Optional<Thresholds> wanted = thresholds(state);
    if (!wanted.equals(deliberation.map(Deliberation::thresholds))) {
      deliberation =
          wanted.map(thresholds -> Deliberation.begun(thresholds, isRecorded(state), now));
      desk.tell(
          wanted.isPresent()
              ? new OutcomeDesk.Listen(name, listener)
              : new OutcomeDesk.Ignore(name));
    }
  }

  /** What the service has to be told, if anything. */
  Optional<ServiceInput> told(ServiceState state, List<Outcomes> outcomes, Instant now) {
    listen(state, now);
    outcomes.forEach(one -> deliberation = deliberation.map(before -> before.heard(one, now)));
    deliberation = deliberation.map(heard -> heard.judged(one -> serves(state, one), now));
    return deliberation
        .filter(judged -> judged.isGrave() || (isRecorded(state) && !judged.together()))
        .map(judged -> new ServiceInput.Judged(judged.findings()));
  }

  /** Without reports nobody else would see that a common cause is over. */
  Optional<ServiceInput> ticked(ServiceState state, Instant now) {
    // The desk of a supervisor node that has come since does not know yet.
    deliberation.ifPresent(_ -> desk.tell(new OutcomeDesk.Listen(name, listener)));
    return isRecorded(state) ? told(state, List.of(), now) : Optional.empty();
  }

  private static boolean isRecorded(ServiceState state) {
    return state instanceof ServiceState.Active active && active.commonCause().isPresent();
  }

  private static boolean serves(ServiceState state, InstanceId instance) {
    return state instanceof ServiceState.Active active && active.serves(instance);
  }

  private static Optional<Thresholds> thresholds(ServiceState state) {
    return state instanceof ServiceState.Active active
        ? active.spec().health().thresholds()
        : Optional.empty();
  }
}
