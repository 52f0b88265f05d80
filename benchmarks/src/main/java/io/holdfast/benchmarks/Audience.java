package io.holdfast.benchmarks;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.routing.Ack;
import io.holdfast.protocol.routing.RoutingFeedGrpc;
import io.holdfast.protocol.routing.Subscribe;
import io.holdfast.protocol.routing.SubscriberMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Any number of subscribers of the routing feed on a {@link Loop}, which acknowledge every version
 * and look at nothing else.
 */
final class Audience implements AutoCloseable {

  private static final MethodDescriptor<SubscriberMessage, ViewWord> FOLLOW =
      RoutingFeedGrpc.getFollowMethod().toBuilder(
              RoutingFeedGrpc.getFollowMethod().getRequestMarshaller(), ViewWord.READER)
          .build();

  private final Loop loop;
  private final Duration longest;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private CompletableFuture<Long> awaited = new CompletableFuture<>();
  private long wanted = 1;
  private int missing;
  private long bytes;
  private long fullViews;
  private int lost;
  private boolean over;

  private Audience(Loop loop, int count, Duration longest) {
    this.loop = loop;
    this.missing = count;
    this.longest = longest;
  }

  /** All of them, once each has a view. */
  static Audience open(Loop loop, InetSocketAddress supervisor, int count, Duration longest)
      throws Exception {
    Audience audience = new Audience(loop, count, longest);
    for (int i = 0; i < count; i++) {
      loop.call(() -> audience.subscribers.add(audience.new Subscriber(loop.channel(supervisor))));
    }
    audience.reached();
    return audience;
  }

  /** The newest version that any of them holds. */
  long version() throws Exception {
    return loop.call(() -> subscribers.stream().mapToLong(each -> each.version).max().orElse(0));
  }

  /** From now on is waited until all have this version or a later one. */
  void expect(long version) {
    loop.run(
        () -> {
          wanted = version;
          missing = (int) subscribers.stream().filter(each -> each.version < version).count();
          awaited = new CompletableFuture<>();
          settle();
        });
  }

  /** When the last one had it. */
  long reached() throws Exception {
    return awaited.get(longest.toSeconds(), TimeUnit.SECONDS);
  }

  /** Of all messages so far, but those that only say that the hub is well. */
  long bytes() throws Exception {
    return loop.call(() -> bytes);
  }

  long fullViews() throws Exception {
    return loop.call(() -> fullViews);
  }

  int lost() throws Exception {
    return loop.call(() -> lost);
  }

  private void settle() {
    if (missing <= 0) {
      awaited.complete(System.nanoTime());
    }
  }

  @Override
  public void close() {
    loop.run(
        () -> {
          over = true;
          subscribers.forEach(each -> each.channel.shutdownNow());
        });
  }

  private final class Subscriber implements StreamObserver<ViewWord> {

    private final ManagedChannel channel;
    private final StreamObserver<SubscriberMessage> out;
    private long version;

    Subscriber(ManagedChannel channel) {
      this.channel = channel;
      this.out =
          ClientCalls.asyncBidiStreamingCall(channel.newCall(FOLLOW, CallOptions.DEFAULT), this);
      out.onNext(
          SubscriberMessage.newBuilder()
              .setSubscribe(Subscribe.newBuilder().setSubscriber("simulated"))
              .build());
    }

    @Override
    public void onNext(ViewWord word) {
      if (!word.isAlive()) {
        bytes += word.bytes();
        fullViews += word.isFull() ? 1 : 0;
        if (version < wanted && word.version() >= wanted) {
          missing--;
          settle();
        }
        version = word.version();
        out.onNext(
            SubscriberMessage.newBuilder().setAck(Ack.newBuilder().setVersion(version)).build());
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (!over && lost++ == 0) {
        IO.println("a subscriber was lost: " + failure);
      }
    }

    @Override
    public void onCompleted() {
      lost++;
    }
  }
}
