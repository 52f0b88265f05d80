package io.holdfast.supervisor;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.CannotStart;
import io.holdfast.protocol.routing.RoutingFeedGrpc;
import io.holdfast.protocol.routing.SubscriberMessage;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Somebody who comes to the port of agents and view subscribers. */
record Visitor(SupervisorChannels channels) {

  static final String LET_IN = "let in";

  static Visitor with(Access access) throws CannotStart {
    return new Visitor(SupervisorChannels.of(access));
  }

  /** What becomes of a visit. */
  String visits(InetSocketAddress port) throws Exception {
    ManagedChannel channel = channels.to(port).build();
    try {
      CompletableFuture<String> outcome = new CompletableFuture<>();
      RoutingFeedGrpc.newStub(channel).follow(new Told(channels, outcome));
      return outcome.get(30, TimeUnit.SECONDS);
    } finally {
      channel.shutdownNow();
    }
  }

  private record Told(SupervisorChannels channels, CompletableFuture<String> outcome)
      implements StreamObserver<ViewMessage> {

    @Override
    public void onNext(ViewMessage message) {
      outcome.complete(LET_IN);
    }

    @Override
    public void onError(Throwable failure) {
      outcome.complete(channels.trouble(failure, false));
    }

    @Override
    public void onCompleted() {
      outcome.complete("ended");
    }
  }

  /** A port that lets in by the rules of a supervisor, and answers at once. */
  static final class Feed extends RoutingFeedGrpc.RoutingFeedImplBase {
    @Override
    public StreamObserver<SubscriberMessage> follow(StreamObserver<ViewMessage> responses) {
      responses.onNext(ViewMessage.getDefaultInstance());
      return new StreamObserver<>() {
        @Override
        public void onNext(SubscriberMessage message) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
      };
    }
  }
}
