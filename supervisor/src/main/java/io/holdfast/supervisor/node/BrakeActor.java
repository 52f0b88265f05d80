package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.holdfast.core.NodeId;
import io.holdfast.core.detection.Brake;
import io.holdfast.core.detection.Population;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one brake of a cluster. Keeps nothing on record: whoever is suspect says so every second, so
 * that a new one knows all there is to know after a few.
 */
public final class BrakeActor extends AbstractOnMessageBehavior<BrakeActor.Command> {

  private static final Logger LOG = LoggerFactory.getLogger(BrakeActor.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  public sealed interface Command {}

  /** See {@link Brake#ask}. */
  record Ask(
      NodeId node,
      String supervisor,
      boolean due,
      boolean confirmed,
      ActorRef<Brake.Answer> replyTo)
      implements Command {}

  public record Read(ActorRef<Status> replyTo) implements Command {}

  /**
   * How it is.
   *
   * @param suspect nodes that are, and are not condemned
   */
  public record Status(boolean engaged, int suspect, int nodes) {}

  private record Counted(Population population) implements Command {}

  private record Tick() implements Command {}

  private final ActorRef<NodeDirectory.Command> directory;
  private final ActorRef<Population> counted;
  private final SupervisorMetrics metrics;
  private final LongSupplier ticker;
  private Population population = new Population(0, Map.of());
  private Brake brake;

  private BrakeActor(
      ActorContext<Command> context,
      ActorRef<NodeDirectory.Command> directory,
      SupervisorMetrics metrics,
      LongSupplier ticker) {
    super(context);
    this.directory = directory;
    this.metrics = metrics;
    this.ticker = ticker;
    this.counted = context.messageAdapter(Population.class, Counted::new);
    this.brake = Brake.released(now());
    directory.tell(new NodeDirectory.Count(counted));
  }

  public static Behavior<Command> create(
      ActorRef<NodeDirectory.Command> directory, SupervisorMetrics metrics, LongSupplier ticker) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Tick(), TICK);
                  return new BrakeActor(context, directory, metrics, ticker);
                }));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Ask ask -> {
        Brake.Ruling ruling =
            brake.ask(ask.node(), ask.supervisor(), ask.due(), ask.confirmed(), population, now());
        become(ruling.brake());
        ask.replyTo().tell(ruling.answer());
      }
      case Read(var replyTo) ->
          replyTo.tell(new Status(brake.isEngaged(), brake.living(), population.nodes()));
      case Counted(var present) -> population = present;
      case Tick() -> {
        directory.tell(new NodeDirectory.Count(counted));
        become(brake.at(now(), population));
      }
    }
    return this;
  }

  private void become(Brake next) {
    if (next.isEngaged() != brake.isEngaged()) {
      LOG.warn(
          "The brake {}: {} of {} nodes are suspect",
          next.isEngaged() ? "is engaged" : "is released",
          next.living(),
          population.nodes());
      metrics.brakeEngaged(next.isEngaged());
    }
    brake = next;
  }

  private Instant now() {
    return Instant.EPOCH.plusNanos(ticker.getAsLong());
  }

  /** Another supervisor node has it now. */
  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      metrics.brakeEngaged(false);
    }
    return this;
  }
}
