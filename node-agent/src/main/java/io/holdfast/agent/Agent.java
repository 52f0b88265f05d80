package io.holdfast.agent;

import io.holdfast.agent.host.AcknowledgedBeat;
import io.holdfast.agent.host.AgentLoop;
import io.holdfast.agent.host.BudgetStore;
import io.holdfast.agent.host.Identity;
import io.holdfast.agent.host.InstanceStore;
import io.holdfast.agent.host.Machine;
import io.holdfast.agent.host.PortAllocator;
import io.holdfast.agent.log.LogRotation;
import io.holdfast.agent.log.LogStreams;
import io.holdfast.agent.probe.PauseWatch;
import io.holdfast.agent.probe.Prober;
import io.holdfast.agent.process.LaunchWay;
import io.holdfast.agent.process.Processes;
import io.holdfast.agent.process.Strays;
import io.holdfast.core.CannotStart;
import io.holdfast.core.instance.BrakeEvent;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.wire.AgentWire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The agent of one host. Whatever ends it, the services it has launched go on. */
public final class Agent implements AutoCloseable {

  private static final int LAUNCHERS = 4;
  private static final String LOOPBACK = "127.0.0.1";

  private final DataLock lock;
  private final AgentLoop loop = AgentLoop.start();
  private final Processes processes;
  private final ExecutorService launchers =
      Executors.newFixedThreadPool(
          LAUNCHERS, Thread.ofPlatform().daemon().name("holdfast-launcher-", 0).factory());
  private final InstanceHost host;
  private final LogStreams logs;
  private final LogCare logCare;
  private final Pulse pulse;
  private final UsageWatch usage;
  private final SupervisorSide side;
  private final Shutdown shutdown;
  private final CompletableFuture<Void> leased = new CompletableFuture<>();
  private boolean closed;

  private Agent(
      AgentSettings settings,
      DataLock lock,
      InstanceStore store,
      BudgetStore budgets,
      Lease lease,
      Processes processes) {
    this.lock = lock;
    this.processes = processes;
    PauseWatch pauses = new PauseWatch(System.nanoTime());
    this.pulse = new Pulse(loop, pauses);
    this.logs = new LogStreams(store);
    Roster roster = new Roster();
    this.logCare = new LogCare(loop, roster, LogRotation.start(settings.logs()));
    Surroundings around = surroundings(settings, lease, pauses);
    Starts starts = new Starts(StartGate.of(Machine.cpus()), roster, loop);
    NewInstances fresh = new NewInstances(store, ports(settings), around, roster, starts);
    Delegate delegate = new Delegate(budgets, around.clock());
    this.host = new InstanceHost(store, delegate, around, roster, fresh);
    this.usage = new UsageWatch(loop, roster, settings.data());
    this.side =
        new SupervisorSide(
            settings,
            processes.attributes(),
            settings.housed() ? Optional.empty() : Identity.in(settings.data()),
            host,
            roster,
            lease,
            logs,
            pulse,
            usage,
            loop,
            leased);
    this.shutdown = new Shutdown(loop, host);
  }

  /**
   * Takes over what earlier agents have left in the data directory, and begins to look for a
   * supervisor; that none is there is no reason not to start.
   */
  public static Agent start(AgentSettings settings) throws CannotStart {
    refuseStrays(settings);
    DataLock lock = DataLock.take(settings.data());
    try {
      Strays.note(settings.data(), settings.housed());
      InstanceStore store = InstanceStore.open(settings.data());
      BudgetStore budgets = BudgetStore.open(settings.data());
      Lease lease = new Lease(AcknowledgedBeat.in(settings.data()));
      Processes processes = LaunchWay.open(Clock.systemUTC(), settings.data(), settings.portable());
      Agent agent = new Agent(settings, lock, store, budgets, lease, processes);
      agent.begin();
      return agent;
    } catch (CannotStart e) {
      lock.close();
      throw e;
    } catch (IOException | UncheckedIOException e) {
      lock.close();
      throw new CannotStart("The agent cannot use " + settings.data() + ": " + e.getMessage(), e);
    }
  }

  /** What another data directory knows of, this agent would launch a second time. */
  private static void refuseStrays(AgentSettings settings) throws CannotStart {
    Optional<Strays.Stray> stray =
        settings.housed()
            ? Optional.empty()
            : Strays.find(settings.node().value(), settings.data());
    if (stray.isPresent()) {
      throw new CannotStart(
          ("The node %s already runs process %d, whose record %s is not within the data directory"
                  + " %s: this agent would launch it a second time and does not start, nothing was"
                  + " changed; use the data directory that the record is in, or another node id")
              .formatted(
                  settings.node(), stray.get().pid(), stray.get().record(), settings.data()));
    }
  }

  /** Completes when a supervisor has granted the first lease. */
  public CompletionStage<Void> ready() {
    return leased;
  }

  /** True when it does without native calls, by which alone it could become another program. */
  public boolean isPortable() {
    return processes.isPortable();
  }

  /**
   * Tells the supervisor that this agent leaves, and stops every service: its signal, its grace,
   * KILL. What still runs after {@code atMost} is killed at once.
   */
  public void stopServices(Duration atMost) {
    loop.execute(() -> side.link().leaving());
    shutdown.run(atMost);
  }

  /** Ends the agent alone. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.execute(
        () -> {
          host.release();
          logs.cancelAll();
          side.link().close();
        });
    loop.close();
    logCare.close();
    usage.close();
    launchers.shutdownNow();
    processes.close();
    lock.close();
  }

  private void begin() throws IOException {
    try {
      CompletableFuture.runAsync(this::takeOver, loop).join();
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof UncheckedIOException failure
          ? failure.getCause()
          : new IOException(String.valueOf(e.getCause()), e);
    }
  }

  private void takeOver() {
    try {
      host.adopt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pulse.start();
    logCare.start();
    usage.start();
    side.link().connect();
  }

  private Surroundings surroundings(AgentSettings settings, Lease lease, PauseWatch pauses) {
    return new Surroundings(
        loop,
        Clock.systemUTC(),
        processes,
        new Prober(processes, pauses),
        launchers,
        lease,
        settings.node(),
        settings.address().orElse(LOOPBACK),
        System.getenv(),
        this::tell,
        new ToHost());
  }

  private void tell(Report report) {
    side.link().report(AgentWire.toWire(report));
  }

  /** Instances are made before the host is that they are to tell. */
  private final class ToHost implements HostSide {

    @Override
    public void progressed(HostedInstance instance) {
      host.progressed(instance);
    }

    @Override
    public void liveness(BrakeEvent event) {
      host.liveness(event);
    }

    @Override
    public OptionalLong successor(HostedInstance dead, Exit exit) {
      return host.successor(dead, exit);
    }

    @Override
    public void ended(HostedInstance dead) {
      host.ended(dead);
      shutdown.check();
    }
  }

  private static PortAllocator ports(AgentSettings settings) {
    return PortAllocator.of(
        settings.autoPorts().first(),
        settings.autoPorts().last(),
        PortAllocator.begin(settings.node()),
        Machine.ephemeralPorts(),
        PortAllocator::canBind,
        System::nanoTime);
  }
}
