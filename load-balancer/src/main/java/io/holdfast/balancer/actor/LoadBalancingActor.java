package io.holdfast.balancer.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import com.typesafe.config.ConfigFactory;
import io.holdfast.client.view.Follower;
import io.holdfast.client.view.FollowerEvent;
import io.holdfast.client.view.Mailbox;
import io.holdfast.client.view.Shell;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Follows the routing view as an actor, the only one of a system of its own. */
public final class LoadBalancingActor implements Shell {

  @Override
  public Running run(Function<Mailbox, Follower> follower) {
    return new Started(
        ActorSystem.create(
            Behaviors.setup(
                context ->
                    Behaviors.withTimers(
                        timers ->
                            begin(follower.apply(new OwnMailbox(context.getSelf(), timers))))),
            "load-balancer",
            ConfigFactory.parseResources(LoadBalancingActor.class, "load-balancer.conf")
                .withFallback(ConfigFactory.defaultReference())
                .resolve()));
  }

  private static Behavior<FollowerEvent> begin(Follower follower) {
    follower.begin();
    return Behaviors.receiveMessage(
        event -> follower.on(event) ? Behaviors.same() : Behaviors.stopped());
  }

  private record Started(ActorSystem<FollowerEvent> actor) implements Running {

    @Override
    public void tell(FollowerEvent event) {
      actor.tell(event);
    }

    @Override
    public CompletionStage<Void> ended() {
      return actor.getWhenTerminated().thenAccept(_ -> {});
    }
  }

  private record OwnMailbox(ActorRef<FollowerEvent> self, TimerScheduler<FollowerEvent> timers)
      implements Mailbox {

    @Override
    public void tell(FollowerEvent event) {
      self.tell(event);
    }

    @Override
    public void tellAfter(Duration delay, FollowerEvent event) {
      timers.startSingleTimer(event.getClass(), event, delay);
    }

    @Override
    public void forget(Class<? extends FollowerEvent> kind) {
      timers.cancel(kind);
    }
  }
}
