package io.holdfast.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.routing.Ack;
import io.holdfast.protocol.routing.RoutingFeedGrpc;
import io.holdfast.protocol.routing.Subscribe;
import io.holdfast.protocol.routing.SubscriberMessage;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.RoutingWire;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Follows the routing feed as any balancer does, and notes when it got each view. */
final class Balancer implements AutoCloseable {

  private record Seen(RoutingView view, Instant at) {}

  private final ManagedChannel channel;
  private final StreamObserver<SubscriberMessage> out;
  private final BlockingQueue<Seen> views = new LinkedBlockingQueue<>();
  private RoutingView newest = RoutingView.empty("");

  Balancer(InetSocketAddress hub) {
    channel = NettyChannelBuilder.forAddress(hub).usePlaintext().build();
    out = RoutingFeedGrpc.newStub(channel).follow(new Views());
    out.onNext(
        SubscriberMessage.newBuilder()
            .setSubscribe(Subscribe.newBuilder().setSubscriber("benchmark"))
            .build());
  }

  /** When the view first was as wanted, from the views not asked about yet. */
  Instant await(Predicate<List<Endpoint>> wanted) throws InterruptedException {
    while (true) {
      Seen seen = views.poll(30, TimeUnit.SECONDS);
      if (seen == null) {
        throw new IllegalStateException("the view never was as wanted");
      }
      List<Endpoint> endpoints =
          seen.view().services().values().stream()
              .flatMap(route -> route.endpoints().values().stream())
              .toList();
      if (wanted.test(endpoints)) {
        return seen.at();
      }
    }
  }

  private final class Views implements StreamObserver<ViewMessage> {

    @Override
    public void onNext(ViewMessage message) {
      switch (message.getMessageCase()) {
        case FULL -> show(RoutingWire.view(message.getFull()));
        case DELTA -> show(RoutingWire.apply(newest, message.getDelta()));
        case CHECK, ALIVE, MESSAGE_NOT_SET -> {}
      }
    }

    private void show(RoutingView view) {
      newest = view;
      views.add(new Seen(view, Instant.now()));
      out.onNext(
          SubscriberMessage.newBuilder()
              .setAck(Ack.newBuilder().setVersion(view.version()))
              .build());
    }

    @Override
    public void onError(Throwable failure) {
      // A measurement that waits for a view says so by its deadline.
    }

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
