package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import io.grpc.stub.ServerCallStreamObserver;
import io.holdfast.core.InstanceId;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.routing.Ack;
import io.holdfast.protocol.routing.Alive;
import io.holdfast.protocol.routing.Subscribe;
import io.holdfast.protocol.routing.SubscriberMessage;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.OutcomesWire;
import io.holdfast.supervisor.errand.Errand;
import io.holdfast.supervisor.errand.Errands;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * One balancer's stream. A balancer that reads slowly skips versions: it gets the newest view whole
 * once it can take more, so nothing is queued for it.
 */
final class FeedSession extends AbstractOnMessageBehavior<FeedSession.Command> {

  private static final Duration ALIVE_INTERVAL = Duration.ofSeconds(1);
  private static final int TICKS_OF_TURN = 5;

  sealed interface Command {}

  record Received(SubscriberMessage message) implements Command {}

  record CanSend() implements Command {}

  record Closed() implements Command {}

  private record Shown(RoutingView view) implements Command {}

  private record Asked(Errand errand) implements Command {}

  private record Tick() implements Command {}

  private final ServerCallStreamObserver<ViewMessage> out;
  private final ActorRef<RoutingHub.Command> hub;
  private final ActorRef<OutcomeDesk.Command> desk;
  private final ActorRef<RoutingView> views;
  private final ViewMessages messages;
  private final Turns turns;
  private final Errands errands = new Errands();

  private boolean helps;

  /** Ticks left in which a whole view that was sent may leave. */
  private int turn;

  private RoutingView newest = RoutingView.empty("");
  private RoutingView sent = RoutingView.empty("");

  private FeedSession(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ServerCallStreamObserver<ViewMessage> out,
      ActorRef<RoutingHub.Command> hub,
      ActorRef<OutcomeDesk.Command> desk,
      ViewMessages messages,
      Turns turns) {
    super(context);
    this.messages = messages;
    this.turns = turns;
    this.out = out;
    this.hub = hub;
    this.desk = desk;
    this.views = context.spawn(Behaviors.receiveMessage(this::pass), "views");
    timers.startTimerWithFixedDelay(new Tick(), ALIVE_INTERVAL);
  }

  static Behavior<Command> create(
      ServerCallStreamObserver<ViewMessage> out,
      ActorRef<RoutingHub.Command> hub,
      ActorRef<OutcomeDesk.Command> desk,
      ViewMessages messages,
      Turns turns) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new FeedSession(context, timers, out, hub, desk, messages, turns)));
  }

  /** Runs in the follower that the hub watches; it only passes on. */
  private Behavior<RoutingView> pass(RoutingView view) {
    getContext().getSelf().tell(new Shown(view));
    return Behaviors.same();
  }

  /** Runs in what gateways are found by; it only passes on. */
  private Behavior<Errand> pass(Errand errand) {
    getContext().getSelf().tell(new Asked(errand));
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Received(var message) -> received(message);
      case Shown(var view) -> {
        newest = view;
        yield send();
      }
      case Asked(var errand) -> run(errand);
      case CanSend() -> send();
      case Tick() -> tick();
      case Closed() -> Behaviors.stopped();
    };
  }

  private Behavior<Command> received(SubscriberMessage message) {
    switch (message.getMessageCase()) {
      case SUBSCRIBE -> subscribe(message.getSubscribe());
      case ACK -> hub.tell(acknowledge(message.getAck()));
      case OUTCOMES -> outcomes(message.getOutcomes());
      case CHECKED -> errands.answered(message.getChecked());
      case MESSAGE_NOT_SET -> getContext().getLog().debug("a balancer sent something unknown");
    }
    return this;
  }

  private void subscribe(Subscribe subscribe) {
    hub.tell(new RoutingHub.Follow(views, subscribe.getVersion()));
    if (subscribe.getChecks() && !helps) {
      helps = true;
      ActorRef<Errand> errandsIn =
          getContext().spawn(Behaviors.receiveMessage(this::pass), "errands");
      getContext()
          .getSystem()
          .receptionist()
          .tell(Receptionist.register(Errand.GATEWAYS, errandsIn));
    }
  }

  /** Nothing is queued for it, and the whole view comes first. */
  private Behavior<Command> run(Errand errand) {
    if (out.isReady() && !sent.incarnation().isEmpty()) {
      Check check =
          errands.begin(
              errand.targets(),
              errand.timeout(),
              reaches -> errand.replyTo().tell(new Errand.Done(reaches)));
      out.onNext(ViewMessage.newBuilder().setCheck(check).build());
    }
    return this;
  }

  private void outcomes(io.holdfast.protocol.routing.Outcomes told) {
    try {
      desk.tell(new OutcomeDesk.Told(OutcomesWire.fromWire(told)));
    } catch (IllegalArgumentException nonsense) {
      getContext().getLog().debug("a balancer told of no outcomes: {}", nonsense.getMessage());
    }
  }

  private RoutingHub.Acknowledge acknowledge(Ack ack) {
    Map<InstanceId, Integer> inFlight = new HashMap<>();
    ack.getInFlightMap()
        .forEach((id, count) -> InstanceId.parse(id).ifPresent(key -> inFlight.put(key, count)));
    return new RoutingHub.Acknowledge(views, ack.getVersion(), inFlight);
  }

  private Behavior<Command> send() {
    boolean due = !newest.incarnation().isEmpty() && !newest.equals(sent);
    if (due && out.isReady()) {
      boolean follows =
          sent.incarnation().equals(newest.incarnation()) && sent.version() + 1 == newest.version();
      if (follows) {
        tell(messages.delta(sent, newest));
      } else if (turns.take(getContext().getSelf())) {
        tell(messages.full(newest));
        turn = TICKS_OF_TURN;
      } else {
        return this;
      }
    }
    endTurn();
    return this;
  }

  private void tell(ViewMessage message) {
    out.onNext(message);
    sent = newest;
  }

  /** Once the whole view has left, or takes so long that others must not wait for it. */
  private void endTurn() {
    if (turn == 0 || out.isReady()) {
      turn = 0;
      turns.leave(getContext().getSelf());
    }
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      turns.leave(getContext().getSelf());
    }
    return this;
  }

  private Behavior<Command> tick() {
    turn = Math.max(0, turn - 1);
    if (out.isReady() && !sent.incarnation().isEmpty() && sent.equals(newest)) {
      Alive alive = Alive.newBuilder().setVersion(sent.version()).build();
      out.onNext(ViewMessage.newBuilder().setAlive(alive).build());
    }
    return send();
  }
}
