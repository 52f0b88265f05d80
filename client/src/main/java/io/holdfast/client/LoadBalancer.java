package io.holdfast.client;

import io.holdfast.client.view.Course;
import io.holdfast.client.view.DataDirectory;
import io.holdfast.client.view.FollowedView;
import io.holdfast.client.view.OwnThread;
import io.holdfast.client.view.RouteTable;
import io.holdfast.client.view.RoutedService;
import io.holdfast.client.view.WaitingRoom;
import io.holdfast.core.CannotStart;
import io.holdfast.core.balancing.Wanted;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.protocol.security.SupervisorChannels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Knows at any time which instances of which service work, and picks one.
 *
 * <p>It follows any of the supervisors, on a daemon thread of its own. While none answers it goes
 * on with what it knows; with a directory it even starts from that. All methods may be used from
 * any thread.
 *
 * <p>Of what a supervisor says one message waits at most to be taken in, the rest at the
 * supervisor, where a newer view replaces the older; what requests show of a service waits once.
 */
public final class LoadBalancer implements AutoCloseable {

  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final String name;
  private final OwnThread thread;
  private final Optional<DataDirectory> directory;
  private final Ongoing ongoing;
  private final FollowedView view;
  private final ForgottenPicks forgotten = new ForgottenPicks();
  private final WaitingRoom waitingRoom = new WaitingRoom();
  private Optional<HttpClient> ownHttp = Optional.empty();

  private LoadBalancer(
      String name,
      OwnThread thread,
      Optional<DataDirectory> directory,
      Ongoing ongoing,
      FollowedView view) {
    this.name = name;
    this.thread = thread;
    this.directory = directory;
    this.ongoing = ongoing;
    this.view = view;
  }

  /**
   * Begins to describe one.
   *
   * @param name tells the supervisor, and whoever reads its log, who this is
   */
  public static Connecting named(String name) {
    return Connecting.as(name);
  }

  static LoadBalancer connect(Connecting settings) throws CannotStart {
    SupervisorChannels channels = SupervisorChannels.of(settings.access());
    Optional<DataDirectory> directory = Optional.empty();
    if (settings.directory().isPresent()) {
      directory = Optional.of(DataDirectory.open(settings.directory().get()));
    }
    OwnThread thread = OwnThread.named("holdfast " + settings.subscriber().name());
    Ongoing ongoing = new Ongoing();
    FollowedView view =
        FollowedView.start(
            channels,
            settings.supervisors(),
            settings.subscriber(),
            directory.map(DataDirectory::path),
            ongoing,
            thread);
    LoadBalancer balancer =
        new LoadBalancer(settings.subscriber().name(), thread, directory, ongoing, view);
    thread.each(SWEEP, balancer.forgotten::sweep);
    return balancer;
  }

  /** Completed once a view is held, from a supervisor or from the directory. */
  public CompletionStage<Void> ready() {
    return view.ready();
  }

  /** How long ago a supervisor was last heard: how old what it knows may be. */
  public Duration age() {
    return view.age();
  }

  /** An instance for a request that must not be carried out twice. */
  public Optional<Pick> pick(String service) {
    return pick(service, Wanted.any());
  }

  /**
   * An instance for a request; empty when there is no such service, or none of its instances may be
   * picked.
   *
   * @param service its name or host, as the gateway takes them
   * @param wanted where repeatable means that the request may be carried out twice
   */
  public Optional<Pick> pick(String service, Wanted wanted) {
    long now = System.nanoTime();
    return service(view.table(), service)
        .flatMap(found -> Pick.first(view, forgotten, Course.begin(view, found, wanted, now)));
  }

  /** For requests to {@code http://<service>/...}, by an HTTP client that it owns and closes. */
  public synchronized BalancedHttpClient http() {
    HttpClient own =
        ownHttp.orElseGet(
            () ->
                HttpClient.newBuilder()
                    .connectTimeout(RoutingPolicy.DEFAULT.connectTimeout())
                    .build());
    ownHttp = Optional.of(own);
    return http(own);
  }

  /**
   * For requests to {@code http://<service>/...} by this HTTP client, which stays the caller's.
   *
   * <p>Give it a short {@code connectTimeout}: a connection that was never made is tried elsewhere,
   * whatever the request.
   */
  public BalancedHttpClient http(HttpClient http) {
    return BalancedHttpClient.by(this, http);
  }

  /** Ends its thread. Picks may still be closed afterwards; requests by HTTP fail. */
  @Override
  public synchronized void close() {
    ongoing.close();
    ownHttp.ifPresent(HttpClient::shutdownNow);
    view.close();
    thread.close();
    try {
      if (directory.isPresent()) {
        directory.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FollowedView view() {
    return view;
  }

  OwnThread thread() {
    return thread;
  }

  Ongoing ongoing() {
    return ongoing;
  }

  WaitingRoom waitingRoom() {
    return waitingRoom;
  }

  /** The same for all requests of this process, as for one client of a gateway. */
  int key() {
    return name.hashCode();
  }

  static Optional<RoutedService> service(RouteTable table, String host) {
    return table.byHost(host.toLowerCase(Locale.ROOT));
  }
}
