package io.holdfast.supervisor.service;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.detection.OutcomeWindow;
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
  private final ActorRef<List<Outcomes>> listener;
  private Optional<OutcomeWindow> window = Optional.empty();

  @SuppressWarnings("unchecked") // A class object knows nothing of what the list holds.
  Judgements(
      ServiceName name,
      ActorRef<OutcomeDesk.Command> desk,
      ActorContext<ServiceActor.Command> context) {
    this.name = name;
    this.desk = desk;
    this.listener =
        context.messageAdapter(
            (Class<List<Outcomes>>) (Class<?>) List.class, ServiceActor.Told::new);
  }

  /** Begins to listen when there are thresholds, anew when they are others, and ends. */
  void listen(ServiceState state) {
    Optional<Thresholds> wanted = thresholds(state);
    if (!wanted.equals(window.map(OutcomeWindow::thresholds))) {
      window = wanted.map(OutcomeWindow::empty);
      desk.tell(
          window.isPresent()
              ? new OutcomeDesk.Listen(name, listener)
              : new OutcomeDesk.Ignore(name));
    }
  }

  /** What the service has to be told, if anything. */
  Optional<ServiceInput> told(ServiceState state, List<Outcomes> outcomes, Instant now) {
    listen(state);
    outcomes.forEach(one -> window = window.map(before -> before.heard(one, now)));
    List<Finding> findings = window.map(shown -> shown.findings(now)).orElse(List.of());
    return findings.stream().anyMatch(finding -> finding.opinion() == Opinion.EXCEEDS)
        ? Optional.of(new ServiceInput.Judged(findings))
        : Optional.empty();
  }

  private static Optional<Thresholds> thresholds(ServiceState state) {
    return state instanceof ServiceState.Active active
        ? active.spec().health().thresholds()
        : Optional.empty();
  }
}
