package io.holdfast.balancer.gateway;

import io.holdfast.balancer.actor.LoadBalancingActor;
import io.holdfast.client.view.DataDirectory;
import io.holdfast.client.view.FollowedView;
import io.holdfast.client.view.Subscriber;
import io.holdfast.core.CannotStart;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A running gateway. */
// A write or close that fails shows as the end of the connection, which is always handled.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Gateway implements AutoCloseable {

  /** How long running requests may take to finish once the gateway closes. */
  static final Duration LONGEST_FINISH = Duration.ofSeconds(10);

  /** The options by which a user moves a listener; a refusal names them. */
  private static final String LISTEN = "--listen";

  private static final String HTTP = "--http";

  private static final Duration LOOPS_END = Duration.ofSeconds(2);

  private final DataDirectory directory;
  private final FollowedView view;
  private final EventLoopGroup loops;
  private final Clients clients;
  private final Channel listener;
  private final OwnPorts ownPorts;
  private final Optional<Channel> admin;

  private Gateway(
      DataDirectory directory,
      FollowedView view,
      EventLoopGroup loops,
      Clients clients,
      Channel listener,
      OwnPorts ownPorts,
      Optional<Channel> admin) {
    this.directory = directory;
    this.view = view;
    this.loops = loops;
    this.clients = clients;
    this.listener = listener;
    this.ownPorts = ownPorts;
    this.admin = admin;
  }

  /**
   * Starts to listen and to follow a supervisor.
   *
   * @throws CannotStart when an address or the data directory cannot be used
   */
  public static Gateway start(GatewaySettings settings) throws CannotStart {
    return start(settings, GatewayMetrics.own());
  }

  /**
   * Like the other one, with its metrics among those of the supervisor in the same process.
   *
   * @throws CannotStart when an address or the data directory cannot be used
   */
  public static Gateway start(GatewaySettings settings, PrometheusRegistry metrics)
      throws CannotStart {
    return start(settings, GatewayMetrics.among(metrics));
  }

  private static Gateway start(GatewaySettings settings, GatewayMetrics metrics)
      throws CannotStart {
    Listener.requireLoopback(LISTEN, settings.listen());
    if (settings.http().isPresent()) {
      Listener.requireLoopback(HTTP, settings.http().get());
    }
    Optional<FrontTls> tls = FrontTls.of(settings.tls());
    DataDirectory directory = DataDirectory.open(settings.data());
    Transport transport = Transport.best();
    MultiThreadIoEventLoopGroup loops =
        transport.eventLoops(Runtime.getRuntime().availableProcessors());
    Lanes lanes = new Lanes(transport, metrics);
    FollowedView view =
        FollowedView.start(
            settings.channels(),
            settings.supervisors(),
            Subscriber.named("gateway " + Listener.shown(settings.listen()))
                .in(settings.zone())
                .thatChecks(),
            Optional.of(directory.path()),
            lanes,
            new LoadBalancingActor());
    metrics.follow(view);
    try {
      Clients clients = new Clients(lanes, view, tls);
      Channel listener =
          Listener.open(
              LISTEN,
              settings.listen(),
              transport,
              loops,
              false,
              clients.through(new Door.Shared()));
      Optional<Channel> admin = admin(settings, transport, loops, metrics, view);
      OwnPorts ownPorts =
          new OwnPorts(
              loops.next(),
              (InetSocketAddress) listener.localAddress(),
              view::table,
              (at, door) -> Listener.bind(at, transport, loops, false, clients.through(door)),
              clients,
              metrics);
      lanes.tell(ownPorts::viewChanged);
      tls.ifPresent(front -> front.watch(loops));
      ownPorts.start();
      return new Gateway(directory, view, loops, clients, listener, ownPorts, admin);
    } catch (CannotStart e) {
      end(loops, view, directory);
      throw e;
    }
  }

  private static Optional<Channel> admin(
      GatewaySettings settings,
      Transport transport,
      EventLoopGroup loops,
      GatewayMetrics metrics,
      FollowedView view)
      throws CannotStart {
    if (settings.http().isEmpty()) {
      return Optional.empty();
    }
    Operators operators = new Operators(metrics, () -> view.table().isHeld());
    return Optional.of(
        Listener.open(HTTP, settings.http().get(), transport, loops, true, operators));
  }

  /** Completed once a view is held, from the disk or from a supervisor. */
  public CompletionStage<Void> ready() {
    return view.ready();
  }

  /** Where requests come in. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Where metrics and health are served. */
  public Optional<InetSocketAddress> httpAddress() {
    return admin.map(channel -> (InetSocketAddress) channel.localAddress());
  }

  /** Takes no more requests and finishes those that run, for at most ten seconds. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    ownPorts.close();
    clients.finish(LONGEST_FINISH);
    admin.ifPresent(channel -> channel.close().awaitUninterruptibly());
    end(loops, view, directory);
  }

  private static void end(EventLoopGroup loops, FollowedView view, DataDirectory directory) {
    view.close();
    loops.shutdownGracefully(0, LOOPS_END.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    try {
      directory.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
