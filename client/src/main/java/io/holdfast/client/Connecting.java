package io.holdfast.client;

import io.holdfast.client.view.Subscriber;
import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.MutualTlsFiles;
import io.holdfast.protocol.security.TlsFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A load balancer that is yet to connect. */
public final class Connecting {

  private final Subscriber subscriber;
  private final List<InetSocketAddress> supervisors;
  private final Optional<Path> directory;
  private final Access access;

  private Connecting(
      Subscriber subscriber,
      List<InetSocketAddress> supervisors,
      Optional<Path> directory,
      Access access) {
    this.subscriber = subscriber;
    this.supervisors = supervisors;
    this.directory = directory;
    this.access = access;
  }

  static Connecting as(String name) {
    return new Connecting(Subscriber.named(name), List.of(), Optional.empty(), Access.OPEN);
  }

  /** Follows one of these, by the addresses that agents and gateways use too (their port 7401). */
  public Connecting to(InetSocketAddress... some) {
    return new Connecting(subscriber, List.of(some), directory, access);
  }

  /** Like the other one, each as {@code HOST:PORT}. */
  public Connecting to(String... hostsAndPorts) {
    return to(
        List.of(hostsAndPorts).stream().map(Connecting::address).toArray(InetSocketAddress[]::new));
  }

  /** Prefers instances on nodes of this zone, as far as they can bear it. */
  public Connecting from(String zone) {
    return new Connecting(subscriber.in(zone), supervisors, directory, access);
  }

  /** Keeps the last view there, for a start while no supervisor answers. Not shared. */
  public Connecting keepingTheViewIn(Path path) {
    return new Connecting(subscriber, supervisors, Optional.of(path), access);
  }

  /**
   * Speaks TLS 1.3 with the supervisors. The files are read again when they have changed.
   *
   * @param certificate PEM, this process's own first
   * @param key PEM, PKCS#8, of the first certificate
   * @param authorities PEM, of those who have signed the supervisors' certificates
   */
  public Connecting securedBy(Path certificate, Path key, Path authorities) {
    MutualTlsFiles files = new MutualTlsFiles(new TlsFiles(certificate, key), authorities);
    return with(new Access(Optional.of(files), access.joinToken()));
  }

  /** Presents the first token in this file to supervisors that ask for one. */
  public Connecting presenting(Path joinToken) {
    return with(new Access(access.tls(), Optional.of(joinToken)));
  }

  private Connecting with(Access other) {
    return new Connecting(subscriber, supervisors, directory, other);
  }

  /**
   * Begins to follow a supervisor, and returns at once.
   *
   * @throws CannotStart when the directory, or a file that it was given, cannot be used
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

  Access access() {
    return access;
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
