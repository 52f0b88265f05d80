package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Three supervisors in one process that make a cluster, on one database. */
final class Trio implements AutoCloseable {

  private final Path data;
  private final JournalSettings journal;
  private final Accesses access;
  private final List<InetSocketAddress> seeds;
  private final Map<Integer, Supervisor> running = new HashMap<>();
  private final Map<Integer, AdminClient> clients = new HashMap<>();

  /** How each of them is secured. */
  interface Accesses {
    Access of(int node);
  }

  private Trio(Path data, JournalSettings journal, Accesses access, List<InetSocketAddress> seeds) {
    this.data = data;
    this.journal = journal;
    this.access = access;
    this.seeds = seeds;
  }

  static Trio started(Path data, JournalSettings journal) throws Exception {
    return started(data, journal, _ -> Access.OPEN);
  }

  static Trio started(Path data, JournalSettings journal, Accesses access) throws Exception {
    Trio trio = of(data, journal, access);
    trio.start(0, 1, 2);
    return trio;
  }

  /** None of which runs yet. */
  static Trio of(Path data, JournalSettings journal, Accesses access) throws IOException {
    return new Trio(data, journal, access, freeAddresses(3));
  }

  private static List<InetSocketAddress> freeAddresses(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      addresses.add((InetSocketAddress) socket.getLocalSocketAddress());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return addresses;
  }

  /** At once, as after a power cut; a majority of them must be among those that run then. */
  void start(int... nodes) throws Exception {
    try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Integer, Future<Supervisor>> starting = new HashMap<>();
      for (int node : nodes) {
        starting.put(node, starts.submit(() -> Supervisor.start(settings(node))));
      }
      for (Map.Entry<Integer, Future<Supervisor>> start : starting.entrySet()) {
        admit(start.getKey(), start.getValue());
      }
    }
  }

  /** A start that goes on until it is given up. */
  record Attempt(Thread thread) implements AutoCloseable {
    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  Attempt attempt(int node) {
    return new Attempt(
        Thread.startVirtualThread(
            () -> {
              try {
                Supervisor.start(settings(node)).close();
              } catch (CannotStart e) {
                // As it has to.
              }
            }));
  }

  private void admit(int node, Future<Supervisor> start) throws Exception {
    try {
      Supervisor supervisor = start.get();
      running.put(node, supervisor);
      clients.put(node, new AdminClient(supervisor.httpAddress()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CannotStart refusal ? refusal : e;
    }
  }

  SupervisorSettings settings(int node) {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new SupervisorSettings(
        free,
        free,
        seeds.get(node),
        new Seeds(seeds),
        data.resolve("node-" + node),
        journal,
        access.of(node));
  }

  AdminClient admin(int node) {
    AdminClient client = clients.get(node);
    if (client == null) {
      throw new IllegalStateException("node " + node + " does not run");
    }
    return client;
  }

  InetSocketAddress grpc(int node) {
    return supervisor(node).grpcAddress();
  }

  private Supervisor supervisor(int node) {
    Supervisor supervisor = running.get(node);
    if (supervisor == null) {
      throw new IllegalStateException("node " + node + " does not run");
    }
    return supervisor;
  }

  String name(int node) {
    return "holdfast@127.0.0.1:" + seeds.get(node).getPort();
  }

  List<Integer> nodes() {
    return List.copyOf(running.keySet());
  }

  /** As if its process were killed. */
  void kill(int node) {
    supervisor(node).abandon();
    forget(node);
  }

  void killAll() {
    nodes().forEach(this::kill);
  }

  void stop(int node) {
    supervisor(node).close();
    forget(node);
  }

  private void forget(int node) {
    admin(node).close();
    clients.remove(node);
    running.remove(node);
  }

  @Override
  public void close() {
    killAll();
  }
}
