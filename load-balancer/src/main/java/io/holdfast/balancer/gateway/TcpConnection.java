package io.holdfast.balancer.gateway;

import io.holdfast.client.view.RoutedService;
import io.holdfast.client.view.Target;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.Wanted;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One connection of a client to a service by plain TCP: to one instance after another until one
 * takes it or the time for that is over, and then a tunnel.
 */
// A close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class TcpConnection {

  private final Lane lane;
  private final SocketChannel client;
  private final ServiceName service;
  private final Set<InstanceId> avoid = new HashSet<>();
  private final long startedNanos = System.nanoTime();

  private TcpConnection(Lane lane, SocketChannel client, ServiceName service) {
    this.lane = lane;
    this.client = client;
    this.service = service;
  }

  /** What the client says before an instance is there to take it waits. */
  static void open(Lane lane, SocketChannel client, ServiceName service) {
    Tunnel.allowHalf(client);
    client.pipeline().addLast(new EarlyBytes());
    new TcpConnection(lane, client, service).next();
  }

  private void next() {
    if (!client.isOpen()) {
      return;
    }
    long now = System.nanoTime();
    Optional<RoutedService> routed = lane.view().table().service(service);
    Optional<Target> picked = lane.view().acquire(service, wanted(), now);
    if (picked.isPresent()) {
      new Try(picked.get()).start();
    } else if (routed.filter(one -> hasTime(one, now)).isPresent()) {
      avoid.clear();
      lane.after(routed.get().policy().connectTimeout(), this::next);
    } else {
      lane.metrics().connected(service.value(), false);
      client.close();
    }
  }

  private Wanted wanted() {
    return new Wanted(avoid, true, client.remoteAddress().getAddress().getHostAddress().hashCode());
  }

  private boolean hasTime(RoutedService routed, long now) {
    return now - startedNanos < routed.policy().timeout().toNanos();
  }

  private Duration connectTimeout() {
    return lane.view()
        .table()
        .service(service)
        .map(one -> one.policy().connectTimeout())
        .orElse(Duration.ZERO);
  }

  /** On one instance; in flight there from before it is connected until the tunnel ends. */
  private final class Try implements InFlight {

    private final Target target;
    private final long triedNanos = System.nanoTime();
    private Optional<SocketChannel> instance = Optional.empty();
    private boolean observed;

    private Try(Target target) {
      this.target = target;
    }

    private void start() {
      lane.running(this);
      lane.connect(target, connectTimeout(), this::connected, this::refused);
    }

    private void connected(SocketChannel opened) {
      observe(Outcome.ANSWERED);
      instance = Optional.of(opened);
      opened.closeFuture().addListener(closed -> lane.ended(this));
      if (!client.isOpen() || !lane.view().table().holds(target.instance())) {
        opened.close();
        next();
        return;
      }
      lane.metrics().connected(service.value(), true);
      Tunnel.allowHalf(opened);
      Tunnel.join(client, opened);
      client.pipeline().remove(EarlyBytes.class);
      opened.read();
    }

    private void refused() {
      observe(Outcome.REFUSED);
      lane.ended(this);
      avoid.add(target.instance());
      next();
    }

    private void observe(Outcome outcome) {
      observed = true;
      long now = System.nanoTime();
      lane.view().observe(target, Duration.ofNanos(now - triedNanos), outcome, now);
    }

    @Override
    public boolean wasObserved() {
      return observed;
    }

    @Override
    public Target target() {
      return target;
    }

    @Override
    public void gone() {
      instance.ifPresent(SocketChannel::close);
    }
  }
}
