package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.ServiceKey;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Seen;
import io.holdfast.supervisor.cluster.Peers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the balancers of one hub tell how their requests have ended. Each service that listens is
 * told once a second what concerns it; what nobody listens to is forgotten at once.
 *
 * <p>A service talks to the desk of its own node, which tells the others who listens.
 */
public final class OutcomeDesk extends AbstractOnMessageBehavior<OutcomeDesk.Command> {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Reports that a service is given at a time; those that come after them are no evidence. */
  private static final int MOST_REPORTS = 256;

  public sealed interface Command {}

  /** A balancer tells. */
  public record Told(Outcomes outcomes) implements Command {}

  /** What services say, and desks to each other as well. */
  public sealed interface Interest extends Command {}

  /** A service wants to be told; as often as it likes. */
  public record Listen(ServiceName service, ActorRef<Reports> listener) implements Interest {}

  /** It does not any more. */
  public record Ignore(ServiceName service) implements Interest {}

  /** What was said to another desk. */
  record Relayed(Interest interest) implements Command {}

  private record Desks(Set<ActorRef<Command>> all) implements Command {}

  private record Gone(ServiceName service, ActorRef<Reports> listener) implements Command {}

  private record Due() implements Command {}

  /** What balancers have told of one service since the last time. */
  public record Reports(List<Outcomes> outcomes) {
    public Reports {
      outcomes = List.copyOf(outcomes);
    }
  }

  private static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "outcome-desk");

  private final Map<ServiceName, ActorRef<Reports>> listeners = new HashMap<>();
  private final Map<ServiceName, Map<String, Outcomes>> untold = new HashMap<>();

  private final Peers<Command> peers;

  private OutcomeDesk(ActorContext<Command> context, TimerScheduler<Command> timers) {
    super(context);
    this.peers = Peers.of(KEY, context, Desks::new);
    timers.startTimerWithFixedDelay(new Due(), INTERVAL);
  }

  public static Behavior<Command> create() {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new OutcomeDesk(context, timers)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Told(var outcomes) -> told(outcomes);
      case Interest interest -> {
        peers.tell(new Relayed(interest));
        note(interest);
      }
      case Relayed(var interest) -> note(interest);
      case Desks(var all) -> peers.are(all);
      case Gone(var service, var listener) -> {
        if (listener.equals(listeners.get(service))) {
          forget(service);
        }
      }
      case Due() -> tell();
    }
    return this;
  }

  private void note(Interest interest) {
    switch (interest) {
      case Listen(var service, var listener) -> listen(service, listener);
      case Ignore(var service) -> forget(service);
    }
  }

  private void listen(ServiceName service, ActorRef<Reports> listener) {
    if (!listener.equals(listeners.put(service, listener))) {
      getContext().watchWith(listener, new Gone(service, listener));
    }
  }

  private void forget(ServiceName service) {
    listeners.remove(service);
    untold.remove(service);
  }

  private void told(Outcomes outcomes) {
    outcomes.seen().stream()
        .filter(seen -> listeners.containsKey(seen.instance().service()))
        .collect(Collectors.groupingBy(seen -> seen.instance().service()))
        .forEach((service, seen) -> keep(service, outcomes, seen));
  }

  /** A balancer tells once a second; what it told before this is due is of the second before. */
  private void keep(ServiceName service, Outcomes outcomes, List<Seen> seen) {
    Map<String, Outcomes> reports = untold.computeIfAbsent(service, _ -> new LinkedHashMap<>());
    if (reports.size() < MOST_REPORTS || reports.containsKey(outcomes.observer())) {
      reports.merge(
          outcomes.observer(),
          new Outcomes(outcomes.observer(), outcomes.over(), seen),
          Outcomes::plus);
    }
  }

  private void tell() {
    listeners.forEach(
        (service, listener) ->
            Optional.ofNullable(untold.get(service))
                .ifPresent(reports -> listener.tell(new Reports(List.copyOf(reports.values())))));
    untold.clear();
  }
}
