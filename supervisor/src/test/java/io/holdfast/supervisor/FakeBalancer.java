package io.holdfast.supervisor;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.InstanceId;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Reach;
import io.holdfast.core.detection.Seen;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.routing.Ack;
import io.holdfast.protocol.routing.RoutingFeedGrpc;
import io.holdfast.protocol.routing.Subscribe;
import io.holdfast.protocol.routing.SubscriberMessage;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.OutcomesWire;
import io.holdfast.protocol.wire.ReachWire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Follows the view, has nothing running, and tells of requests that nobody made. What it is asked
 * to check lets it in, whatever that is.
 */
final class FakeBalancer implements AutoCloseable {

  private static final int GENEROUS_SECONDS = 30;

  private final BlockingQueue<Check> checks = new LinkedBlockingQueue<>();
  private final String name;
  private final ManagedChannel channel;
  private final StreamObserver<SubscriberMessage> out;

  FakeBalancer(InetSocketAddress supervisor, String name) {
    this.name = name;
    this.channel =
        NettyChannelBuilder.forAddress(supervisor.getHostString(), supervisor.getPort())
            .usePlaintext()
            .build();
    this.out = RoutingFeedGrpc.newStub(channel).follow(new Follower());
    out.onNext(
        SubscriberMessage.newBuilder()
            .setSubscribe(Subscribe.newBuilder().setSubscriber(name).setChecks(true))
            .build());
  }

  void saw(InstanceId instance, int failed, int all) {
    saw(List.of(instance), failed, all);
  }

  /** The same of each of them, in one report. */
  void saw(List<InstanceId> instances, int failed, int all) {
    Tally tally = new Tally(all - failed, failed);
    List<Seen> seen =
        instances.stream()
            .map(one -> new Seen(one, tally, Latencies.NONE, 0, Duration.ZERO))
            .toList();
    Outcomes outcomes = new Outcomes(name, Duration.ofSeconds(1), seen);
    out.onNext(SubscriberMessage.newBuilder().setOutcomes(OutcomesWire.toWire(outcomes)).build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private void acknowledge(long version) {
    out.onNext(SubscriberMessage.newBuilder().setAck(Ack.newBuilder().setVersion(version)).build());
  }

  /** What it is asked to look at. */
  Check awaitCheck() throws InterruptedException {
    return Optional.ofNullable(checks.poll(GENEROUS_SECONDS, TimeUnit.SECONDS))
        .orElseThrow(() -> new AssertionError("nothing was asked"));
  }

  private void letIn(Check check) {
    checks.add(check);
    List<Reach> all = Collections.nCopies(check.getTargetsCount(), Reach.ACCEPTED);
    out.onNext(
        SubscriberMessage.newBuilder()
            .setChecked(ReachWire.checked(check.getRequest(), all))
            .build());
  }

  private final class Follower implements StreamObserver<ViewMessage> {

    @Override
    public void onNext(ViewMessage message) {
      switch (message.getMessageCase()) {
        case FULL -> acknowledge(message.getFull().getVersion());
        case DELTA -> acknowledge(message.getDelta().getVersion());
        case CHECK -> letIn(message.getCheck());
        case ALIVE, MESSAGE_NOT_SET -> {}
      }
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
