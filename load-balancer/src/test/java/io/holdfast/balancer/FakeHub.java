package io.holdfast.balancer;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.routing.Ack;
import io.holdfast.protocol.routing.RoutingFeedGrpc;
import io.holdfast.protocol.routing.SubscriberMessage;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.RoutingWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A supervisor's routing hub, as far as a balancer sees it. */
public final class FakeHub implements AutoCloseable {

  private static final int GENEROUS_SECONDS = 20;

  private final Server server;
  private final BlockingQueue<Ack> acks = new LinkedBlockingQueue<>();
  private final List<StreamObserver<ViewMessage>> followers = new ArrayList<>();
  private final int port;
  private RoutingView view;

  private FakeHub(RoutingView view, int wantedPort) throws IOException {
    this.view = view;
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort))
            .addService(new Feed())
            .build()
            .start();
    this.port = server.getPort();
  }

  public static FakeHub serving(RoutingView view) {
    return servingOn(0, view);
  }

  public static FakeHub servingOn(int port, RoutingView view) {
    try {
      return new FakeHub(view, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Makes the next version of the view and sends the difference. */
  public synchronized void change(RoutingView next) {
    ViewMessage delta = ViewMessage.newBuilder().setDelta(RoutingWire.delta(view, next)).build();
    view = next;
    followers.forEach(follower -> follower.onNext(delta));
  }

  /** Makes the next version and sends what comes after it, as if one message were lost. */
  public synchronized void skipTo(RoutingView lost, RoutingView next) {
    view = lost;
    change(next);
  }

  public synchronized void send(ViewMessage message) {
    followers.forEach(follower -> follower.onNext(message));
  }

  public synchronized RoutingView view() {
    return view;
  }

  /** The next acknowledgement that is looked for; others before it are passed over. */
  public Ack awaitAck(Predicate<Ack> wanted) {
    try {
      while (true) {
        Ack ack = acks.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
        if (ack == null) {
          throw new AssertionError("the acknowledgement never came");
        }
        if (wanted.test(ack)) {
          return ack;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public Ack awaitAck(long version) {
    return awaitAck(ack -> ack.getVersion() == version);
  }

  /** The acknowledgement that nothing runs on what drains in this version. */
  public Ack awaitDrained(long version) {
    return awaitAck(ack -> ack.getVersion() == version && ack.getInFlightMap().isEmpty());
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private synchronized void follow(StreamObserver<ViewMessage> follower) {
    followers.add(follower);
    follower.onNext(ViewMessage.newBuilder().setFull(RoutingWire.full(view)).build());
  }

  private synchronized void leave(StreamObserver<ViewMessage> follower) {
    followers.remove(follower);
  }

  private final class Feed extends RoutingFeedGrpc.RoutingFeedImplBase {

    @Override
    public StreamObserver<SubscriberMessage> follow(StreamObserver<ViewMessage> follower) {
      return new StreamObserver<>() {
        @Override
        public void onNext(SubscriberMessage message) {
          switch (message.getMessageCase()) {
            case SUBSCRIBE -> FakeHub.this.follow(follower);
            case ACK -> acks.add(message.getAck());
            case MESSAGE_NOT_SET -> throw new AssertionError("an empty message");
          }
        }

        @Override
        public void onError(Throwable error) {
          leave(follower);
        }

        @Override
        public void onCompleted() {
          leave(follower);
          follower.onCompleted();
        }
      };
    }
  }
}
