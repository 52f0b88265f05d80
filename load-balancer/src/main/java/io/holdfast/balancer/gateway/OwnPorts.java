package io.holdfast.balancer.gateway;

import io.holdfast.client.view.RouteTable;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Entrance;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports that services have for their own: open while the view has the service with that port.
 * One that cannot be opened is tried again each second. Used on one event loop alone.
 */
// A close that fails leaves nothing open that another look would not see.
@SuppressWarnings("FutureReturnValueIgnored")
final class OwnPorts {

  private static final Logger LOG = LoggerFactory.getLogger(OwnPorts.class);

  /** Opens a port; completed when it is open. */
  @FunctionalInterface
  interface Opener {
    ChannelFuture open(InetSocketAddress at, Door door);
  }

  private record Open(Door door, Channel listener) {}

  private final EventLoop loop;
  private final InetSocketAddress shared;
  private final Supplier<RouteTable> table;
  private final Opener opener;
  private final Clients clients;
  private final GatewayMetrics metrics;
  private final Map<Integer, Open> open = new HashMap<>();
  private final Set<Integer> opening = new HashSet<>();
  private final Map<Integer, Door> failed = new HashMap<>();
  private boolean closed;

  /**
   * @param shared where the gateway listens for all services; its address is that of the others
   */
  OwnPorts(
      EventLoop loop,
      InetSocketAddress shared,
      Supplier<RouteTable> table,
      Opener opener,
      Clients clients,
      GatewayMetrics metrics) {
    this.loop = loop;
    this.shared = shared;
    this.table = table;
    this.opener = opener;
    this.clients = clients;
    this.metrics = metrics;
  }

  void start() {
    loop.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
  }

  /** Makes the ports those of the newest table. */
  void viewChanged() {
    if (!loop.isShuttingDown()) {
      loop.execute(this::look);
    }
  }

  /** Takes no more connections. */
  void close() {
    if (!loop.isShuttingDown()) {
      loop.submit(this::shutAll).awaitUninterruptibly();
    }
  }

  private void shutAll() {
    closed = true;
    look();
  }

  private void look() {
    Map<Integer, Door> wanted = closed ? Map.of() : wanted(table.get());
    List.copyOf(open.entrySet()).stream()
        .filter(entry -> !entry.getValue().door().equals(wanted.get(entry.getKey())))
        .forEach(entry -> shut(entry.getKey()));
    failed.entrySet().removeIf(entry -> !entry.getValue().equals(wanted.get(entry.getKey())));
    wanted.forEach(this::ensure);
    metrics.ownPorts(open.size(), failed.size());
  }

  private static Map<Integer, Door> wanted(RouteTable table) {
    Map<Integer, Door> wanted = new HashMap<>();
    table
        .services()
        .forEach(
            service ->
                service
                    .policy()
                    .entrance()
                    .own()
                    .ifPresent(own -> wanted.put(own.port(), door(service.name(), own.mode()))));
    return wanted;
  }

  private static Door door(ServiceName service, Entrance.Mode mode) {
    return switch (mode) {
      case HTTP -> new Door.Http(service);
      case TCP -> new Door.Tcp(service);
    };
  }

  private static String shown(Door door) {
    return switch (door) {
      case Door.Shared() -> "all services";
      case Door.Http(ServiceName service) -> service + " by HTTP";
      case Door.Tcp(ServiceName service) -> service + " by TCP";
    };
  }

  private void shut(int port) {
    Open gone = open.remove(port);
    if (gone != null) {
      gone.listener().close();
      clients.drain(gone.door());
    }
  }

  private void ensure(int port, Door door) {
    if (port == shared.getPort()) {
      failed(port, door, "it is the one of this gateway that all services share (--listen)");
      return;
    }
    if (open.containsKey(port) || !opening.add(port)) {
      return;
    }
    ChannelFuture bound = opener.open(new InetSocketAddress(shared.getAddress(), port), door);
    bound.addListener(done -> loop.execute(() -> opened(port, door, bound)));
  }

  private void opened(int port, Door door, ChannelFuture bound) {
    opening.remove(port);
    if (bound.isSuccess()) {
      open.put(port, new Open(door, bound.channel()));
      failed.remove(port);
      LOG.info("listening on port {} for {}", port, shown(door));
    } else {
      failed(port, door, Listener.reason(bound.cause()) + ", trying again");
    }
    if (closed) {
      look();
    }
    metrics.ownPorts(open.size(), failed.size());
  }

  /** Says so once, however often it is tried. */
  private void failed(int port, Door door, String why) {
    if (!door.equals(failed.put(port, door))) {
      LOG.warn("cannot listen on port {} for {}: {}", port, shown(door), why);
    }
  }
}
