package io.holdfast.client.view;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Reach;
import io.holdfast.protocol.routing.Ack;
import io.holdfast.protocol.routing.RoutingFeedGrpc;
import io.holdfast.protocol.routing.Subscribe;
import io.holdfast.protocol.routing.SubscriberMessage;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.security.SupervisorChannels;
import io.holdfast.protocol.wire.OutcomesWire;
import io.holdfast.protocol.wire.ReachWire;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One stream to one supervisor. All that comes on it is told to the follower; used by it alone.
 *
 * <p>One message at a time: what else the supervisor has to say waits there, where a newer view
 * takes the place of the one that was not sent yet.
 */
final class FeedLink {

  private static final int LARGEST_VIEW_BYTES = 64 << 20;

  private final long number;
  private final ManagedChannel channel;
  private final ClientCallStreamObserver<SubscriberMessage> requests;

  private FeedLink(
      long number, ManagedChannel channel, ClientCallStreamObserver<SubscriberMessage> requests) {
    this.number = number;
    this.channel = channel;
    this.requests = requests;
  }

  /**
   * To one of the supervisors.
   *
   * @param held the version of the view that is held, 0 for none
   */
  static FeedLink open(
      SupervisorChannels channels,
      long number,
      InetSocketAddress supervisor,
      Subscriber subscriber,
      long held,
      Mailbox follower) {
    // A channel of its own for each link: no hidden back-off, nothing left over from the last.
    ManagedChannel channel =
        channels.to(supervisor).maxInboundMessageSize(LARGEST_VIEW_BYTES).build();
    ClientCallStreamObserver<SubscriberMessage> requests =
        (ClientCallStreamObserver<SubscriberMessage>)
            RoutingFeedGrpc.newStub(channel).follow(new Told(channels, number, follower));
    requests.onNext(
        SubscriberMessage.newBuilder()
            .setSubscribe(
                Subscribe.newBuilder()
                    .setSubscriber(subscriber.name())
                    .setVersion(held)
                    .setChecks(subscriber.checks()))
            .build());
    return new FeedLink(number, channel, requests);
  }

  long number() {
    return number;
  }

  /** The last message has been taken in. */
  void next() {
    requests.request(1);
  }

  void acknowledge(Ack ack) {
    requests.onNext(SubscriberMessage.newBuilder().setAck(ack).build());
  }

  /** False while what was said before still waits to be sent. */
  boolean isReady() {
    return requests.isReady();
  }

  void report(Outcomes outcomes) {
    requests.onNext(
        SubscriberMessage.newBuilder().setOutcomes(OutcomesWire.toWire(outcomes)).build());
  }

  void knocked(long request, List<Reach> reaches) {
    requests.onNext(
        SubscriberMessage.newBuilder().setChecked(ReachWire.checked(request, reaches)).build());
  }

  void close() {
    requests.onError(Status.CANCELLED.withDescription("the balancer leaves").asException());
    channel.shutdownNow();
  }

  private static final class Told
      implements ClientResponseObserver<SubscriberMessage, ViewMessage> {

    private final SupervisorChannels channels;
    private final long number;
    private final Mailbox follower;
    private volatile boolean answered;

    Told(SupervisorChannels channels, long number, Mailbox follower) {
      this.channels = channels;
      this.number = number;
      this.follower = follower;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SubscriberMessage> requests) {
      requests.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(ViewMessage message) {
      answered = true;
      follower.tell(new FollowerEvent.Received(number, message));
    }

    @Override
    public void onError(Throwable error) {
      follower.tell(new FollowerEvent.LinkLost(number, channels.trouble(error, answered)));
    }

    @Override
    public void onCompleted() {
      follower.tell(new FollowerEvent.LinkLost(number, "the supervisor ended the stream"));
    }
  }
}
