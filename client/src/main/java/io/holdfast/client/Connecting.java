package io.holdfast.client;

import io.holdfast.client.view.Subscriber;
import io.holdfast.core.CannotStart;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A load balancer that is yet to connect. */
public final class Connecting {

  private final Subscriber subscriber;
  private final List<InetSocketAddress> supervisors;
  private final Optional<Path> directory;

  private Connecting(
      Subscriber subscriber, List<InetSocketAddress> supervisors, Optional<Path> directory) {
    this.subscriber = subscriber;
    this.supervisors = supervisors;
    this.directory = directory;
  }

  static Connecting as(String name) {
    return new Connecting(Subscriber.named(name), List.of(), Optional.empty());
  }

  /** Follows one of these, by the addresses that agents and gateways use too (their port 7401). */
  public Connecting to(InetSocketAddress... some) {
    return new Connecting(subscriber, List.of(some), directory);
  }

  /** Like the other one, each as {@code HOST:PORT}. */
  public Connecting to(String... hostsAndPorts) {
    return to(
        List.of(hostsAndPorts).stream().map(Connecting::address).toArray(InetSocketAddress[]::new));
  }

  /** Prefers instances on nodes of this zone, as far as they can bear it. */
  public Connecting from(String zone) {
    return new Connecting(new Subscriber(subscriber.name(), zone), supervisors, directory);
  }

  /** Keeps the last view there, for a start while no supervisor answers. Not shared. */
  public Connecting keepingTheViewIn(Path path) {
    return new Connecting(subscriber, supervisors, Optional.of(path));
  }

  /**
   * Begins to follow a supervisor, and returns at once.
   *
   * @throws CannotStart when the directory cannot be used
   */
  public LoadBalancer connect() throws CannotStart {
    if (supervisors.isEmpty()) {
      throw new IllegalStateException("expected the address of a supervisor");
    }
    return LoadBalancer.connect(this);
  }

  Subscriber subscriber() {
    return subscriber;
  }

  List<InetSocketAddress> supervisors() {
    return supervisors;
  }

  Optional<Path> directory() {
    return directory;
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("expected HOST:PORT, got '" + hostAndPort + "'", e);
    }
  }
}
