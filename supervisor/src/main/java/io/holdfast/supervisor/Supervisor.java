package io.holdfast.supervisor;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.http.javadsl.ServerBinding;
import io.grpc.Server;
import io.holdfast.core.CannotStart;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** One node of the control plane. */
public final class Supervisor implements AutoCloseable {

  private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(15);

  private final DataLock lock;
  private final Store store;
  private final ActorSystem<Void> system;
  private final Server grpc;
  private final ServerBinding http;
  private final PrometheusRegistry metrics;

  Supervisor(
      DataLock lock,
      Store store,
      ActorSystem<Void> system,
      Server grpc,
      ServerBinding http,
      PrometheusRegistry metrics) {
    this.lock = lock;
    this.store = store;
    this.system = system;
    this.grpc = grpc;
    this.http = http;
    this.metrics = metrics;
  }

  /**
   * Starts and returns once the journal has been read, the view is complete and both listeners
   * serve. A node of a cluster waits for the majority as long as it takes.
   */
  public static Supervisor start(SupervisorSettings settings) throws CannotStart {
    Reach.require(settings);
    Entrance entrance = Entrance.of(settings.access());
    settings.seeds().require(settings.cluster(), settings.journal());
    Entrance.require(settings);
    DataLock lock = DataLock.take(settings.data());
    try {
      Meeting meeting = new Meeting(settings.seeds());
      while (true) {
        Optional<Supervisor> started = attempt(settings, entrance, lock, meeting);
        if (started.isPresent()) {
          return started.get();
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new CannotStart("the start was interrupted");
        }
      }
    } catch (CannotStart | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Empty when no majority is there. */
  private static Optional<Supervisor> attempt(
      SupervisorSettings settings, Entrance entrance, DataLock lock, Meeting meeting)
      throws CannotStart {
    Store store = Store.of(settings);
    store.open();
    Optional<Supervisor> started = Optional.empty();
    try {
      started = attempt(settings, entrance, lock, meeting, store);
    } finally {
      if (started.isEmpty()) {
        store.close();
      }
    }
    return started;
  }

  private static Optional<Supervisor> attempt(
      SupervisorSettings settings, Entrance entrance, DataLock lock, Meeting meeting, Store store)
      throws CannotStart {
    ActorSystem<Void> system = Listeners.system(settings, entrance, store);
    Optional<Supervisor> started = Optional.empty();
    try {
      if (meeting.join(system)) {
        started = Optional.of(new Assembly(system, settings, entrance, store).serving(lock));
      }
    } finally {
      if (started.isEmpty()) {
        end(system);
      }
    }
    return started;
  }

  public InetSocketAddress httpAddress() {
    return http.localAddress();
  }

  public InetSocketAddress grpcAddress() {
    return (InetSocketAddress) grpc.getListenSockets().getFirst();
  }

  /** What it serves under /metrics; other roles in the same process may add theirs. */
  public PrometheusRegistry metrics() {
    return metrics;
  }

  /** Why this node must be closed: another supervisor has taken its journal over. */
  public Optional<String> deposed() {
    return store.deposed();
  }

  /** The others go on without this node, as when it was cut off: it has to be started again. */
  public boolean isRemoved() {
    return Cluster.get(system).isTerminated();
  }

  /** Ends this node; services, agents and balancers go on. */
  @Override
  public void close() {
    grpc.shutdownNow();
    leave();
    end(system);
    store.close();
    lock.close();
  }

  /** Ends as a killed process does: the others have to find out. */
  void abandon() {
    grpc.shutdownNow();
    end(system);
    store.close();
    lock.close();
  }

  /** In order, so that the others need not find out. */
  private void leave() {
    if (!isRemoved() && Membership.count(system) > 1) {
      Waiting.forEnd(
          CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.unknownReason()),
          LEAVE_DEADLINE);
    }
  }

  static void end(ActorSystem<Void> system) {
    system.terminate();
    Waiting.forEnd(system.getWhenTerminated(), Duration.ofSeconds(10));
  }
}
