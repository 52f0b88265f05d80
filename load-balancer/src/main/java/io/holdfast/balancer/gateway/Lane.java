package io.holdfast.balancer.gateway;

import io.holdfast.client.view.FollowedView;
import io.holdfast.client.view.RouteTable;
import io.holdfast.client.view.Target;
import io.holdfast.client.view.WaitingRoom;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One event loop with all that its requests share. Used on that event loop alone. */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class Lane {

  private final EventLoop loop;
  private final Transport transport;
  private final FollowedView view;
  private final WaitingRoom waitingRoom;
  private final GatewayMetrics metrics;
  private final IdlePool pool = new IdlePool();
  private final Set<InFlight> running = new HashSet<>();
  private final Set<Exchange> waiting = new HashSet<>();

  private Lane(
      EventLoop loop,
      Transport transport,
      FollowedView view,
      WaitingRoom waitingRoom,
      GatewayMetrics metrics) {
    this.loop = loop;
    this.transport = transport;
    this.view = view;
    this.waitingRoom = waitingRoom;
    this.metrics = metrics;
  }

  static Lane start(
      EventLoop loop,
      Transport transport,
      FollowedView view,
      WaitingRoom waitingRoom,
      GatewayMetrics metrics) {
    Lane lane = new Lane(loop, transport, view, waitingRoom, metrics);
    loop.scheduleWithFixedDelay(() -> lane.pool.expire(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
    return lane;
  }

  FollowedView view() {
    return view;
  }

  GatewayMetrics metrics() {
    return metrics;
  }

  EventLoop loop() {
    return loop;
  }

  Future<?> after(Duration delay, Runnable task) {
    return loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Requests that wait look again, and those on instances that left go elsewhere. */
  void viewChanged(RouteTable table) {
    pool.keepOnly(table);
    List.copyOf(running).stream()
        .filter(one -> !table.holds(one.target().instance()))
        .forEach(InFlight::gone);
    List.copyOf(waiting).forEach(Exchange::viewChanged);
  }

  void running(InFlight begun) {
    running.add(begun);
  }

  void ended(InFlight ended) {
    running.remove(ended);
    if (ended.wasObserved()) {
      view.release(ended.target());
    } else {
      view.forgo(ended.target());
    }
  }

  /** False when too many wait already. */
  boolean wait(Exchange exchange) {
    return waitingRoom.enter() && waiting.add(exchange);
  }

  void waitNoLonger(Exchange exchange) {
    if (waiting.remove(exchange)) {
      waitingRoom.leave();
    }
  }

  Optional<Upstream> pooled(Target target, Duration longestIdle) {
    return pool.take(target.instance(), longestIdle, System.nanoTime());
  }

  void giveBack(Upstream upstream) {
    if (upstream.isOpen() && view.table().holds(upstream.instance())) {
      pool.put(upstream, System.nanoTime());
    } else {
      upstream.close();
    }
  }

  /** Opens a connection that speaks HTTP. */
  void connectHttp(Target target, Duration timeout, Consumer<Upstream> opened, Runnable failed) {
    connect(
        target, timeout, channel -> opened.accept(Upstream.on(channel, target.instance())), failed);
  }

  void connect(Target target, Duration timeout, Consumer<SocketChannel> opened, Runnable failed) {
    new Bootstrap()
        .group(loop)
        .channel(transport.socket())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.max(1, timeout.toMillis()))
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .handler(new Bare(metrics))
        .connect(new InetSocketAddress(target.endpoint().address(), target.endpoint().port()))
        .addListener(
            (ChannelFutureListener)
                done -> {
                  if (done.isSuccess()) {
                    opened.accept((SocketChannel) done.channel());
                  } else {
                    failed.run();
                  }
                });
  }

  /** What a connection speaks is added once it is there. */
  private static final class Bare extends ChannelInitializer<SocketChannel> {

    private final GatewayMetrics metrics;

    private Bare(GatewayMetrics metrics) {
      this.metrics = metrics;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      metrics.toInstance(channel);
    }
  }
}
