package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.routing.RoutingFeedGrpc;
import io.holdfast.protocol.routing.SubscriberMessage;
import io.holdfast.protocol.routing.ViewMessage;
import java.util.function.Function;

/** The gRPC side of the routing feed: one session actor for each stream. */
public final class RoutingFeedService extends RoutingFeedGrpc.RoutingFeedImplBase {

  private final Function<ServerCallStreamObserver<ViewMessage>, ActorRef<FeedSession.Command>>
      sessions;

  private RoutingFeedService(
      Function<ServerCallStreamObserver<ViewMessage>, ActorRef<FeedSession.Command>> sessions) {
    this.sessions = sessions;
  }

  /**
   * The service for one hub.
   *
   * @param desk is given what balancers tell of their requests
   * @param spawner starts the actor of a stream
   */
  public static RoutingFeedService of(
      ActorRef<RoutingHub.Command> hub, ActorRef<OutcomeDesk.Command> desk, Spawner spawner) {
    ViewMessages messages = new ViewMessages();
    Turns turns = new Turns();
    return new RoutingFeedService(
        out -> spawner.spawn(FeedSession.create(out, hub, desk, messages, turns)));
  }

  @Override
  public StreamObserver<SubscriberMessage> follow(StreamObserver<ViewMessage> responses) {
    ServerCallStreamObserver<ViewMessage> out = (ServerCallStreamObserver<ViewMessage>) responses;
    ActorRef<FeedSession.Command> session = sessions.apply(out);
    out.setOnReadyHandler(() -> session.tell(new FeedSession.CanSend()));
    out.setOnCancelHandler(() -> session.tell(new FeedSession.Closed()));
    return new StreamObserver<>() {
      @Override
      public void onNext(SubscriberMessage message) {
        session.tell(new FeedSession.Received(message));
      }

      @Override
      public void onError(Throwable failure) {
        session.tell(new FeedSession.Closed());
      }

      @Override
      public void onCompleted() {
        session.tell(new FeedSession.Closed());
        out.onCompleted();
      }
    };
  }
}
