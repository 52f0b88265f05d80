package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroup;
import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.agent.process.Sessions.Remains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The processes of this host, as one agent handles them. */
public final class Processes implements AutoCloseable {

  // Initialized before anything runs, so that what the C library lacks is known at the start.
  private static final List<Class<?>> NATIVE_USERS =
      List.of(
          Errno.class,
          Fds.class,
          Holes.class,
          Spawn.class,
          Pidfd.class,
          Poller.class,
          Account.class,
          NotifySocket.class,
          SessionUsage.class);

  private final Cgroups cgroups;
  private final Poller poller;
  private final Poller ears;
  private final Sweeper sweeper;
  private final Undertaker undertaker;
  private final DeathWatch watch;
  private final Guards guards;
  private final Launcher launcher;
  private final Adopter adopter;

  private Processes(Poller poller, Poller ears, Sweeper sweeper, Cgroups cgroups, Clock clock) {
    this.cgroups = cgroups;
    this.poller = poller;
    this.ears = ears;
    this.sweeper = sweeper;
    this.undertaker = new Undertaker(sweeper, clock);
    this.watch = new DeathWatch(poller, undertaker, clock);
    this.guards = new Guards(poller);
    this.launcher = new Launcher(clock, guards, sweeper, cgroups);
    this.adopter = new Adopter(clock);
  }

  /** Why processes cannot be handled on this machine; empty when they can. */
  public static Optional<String> unsupported() {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch");
    if (!system.equals("Linux") || !List.of("amd64", "aarch64").contains(machine)) {
      return Optional.of(
          "the agent runs on Linux on x86-64 and aarch64 only, this is %s on %s"
              .formatted(system, machine));
    }
    try {
      for (Class<?> user : NATIVE_USERS) {
        Class.forName(user.getName());
      }
      Optional<Pidfd> self = Pidfd.find(ProcessHandle.current().pid());
      self.ifPresent(Pidfd::close);
      return self.isPresent()
          ? Optional.empty()
          : Optional.of("the agent needs Linux 5.3 or newer");
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.of("the agent needs the GNU C library 2.34 or newer");
    }
  }

  /** Without control groups. */
  public static Processes start(Clock clock) throws IOException {
    return start(clock, Cgroups.none());
  }

  public static Processes start(Clock clock, Cgroups cgroups) throws IOException {
    return new Processes(
        Poller.start("holdfast-poller"),
        Poller.start("holdfast-ears"),
        Sweeper.start(),
        cgroups,
        clock);
  }

  /** What this host can do for services, by name. */
  public Map<String, String> attributes() {
    return cgroups.attributes();
  }

  /** Launches a service; blocks until it is known to run or not. */
  public LaunchOutcome launch(LaunchOrder order) {
    LaunchOutcome outcome = launcher.launch(order);
    if (outcome instanceof LaunchOutcome.Running(ServiceProcess process)) {
      watch.watch(process);
    }
    return outcome;
  }

  /**
   * Looks for what an earlier agent launched.
   *
   * @param record the directory of that launch's {@link LaunchOrder}
   * @param bootId of the machine at the time of the launch
   * @param lastLook true when an answer is wanted even if the record is incomplete
   */
  public Sighting look(Path record, String bootId, boolean lastLook) {
    Sighting sighting =
        adopter.look(Traces.found(record, cgroups), bootId.equals(bootId()), lastLook);
    if (sighting instanceof Sighting.Alive(ServiceProcess process)) {
      watch.watch(process);
    }
    return sighting;
  }

  /** Launches of earlier agents of which something lives: the names of their records. */
  public Set<String> leftBehind(Path records) {
    Set<String> names = new TreeSet<>(cgroups.instances());
    Sessions.processes().forEach(stat -> Mark.name(stat, records).ifPresent(names::add));
    return names;
  }

  /** Kills, without waiting for it, all that is left of a launch that has ended. */
  public void clear(Path record) {
    sweeper.sweep(
        cgroups.find(String.valueOf(record.getFileName())),
        Optional.of(Remains.of(new Mark(record, 0))),
        () -> {});
  }

  /** Fails with what is wrong with the traces of a launch that lives. */
  public void checkTraces(Path record) throws IOException {
    if (Traces.hasForeignGroups(record, cgroups) && mayLive(record)) {
      throw new IOException("its control groups are not its own");
    }
    Optional<String> damage = Adopter.damage(Traces.found(record, cgroups));
    if (damage.isPresent()) {
      throw new IOException(damage.get());
    }
  }

  /** True when something of a launch lives, as far as its traces tell. */
  public boolean mayLive(Path record) {
    return Adopter.mayLive(Traces.found(record, cgroups));
  }

  /** Sees to it that a service found alive has its guard. */
  public void guard(ServiceProcess process, GuardOrder order) {
    guards.resume(process, order);
  }

  /**
   * Makes the socket on which a service that is launched or adopted says how it is. What it says is
   * heard on a thread of its own: it must neither wait for a death to be handled nor delay one.
   *
   * @param record the directory of its launch
   * @param user whose word counts; the agent's own when absent
   */
  public NotifyEar listen(Path record, Optional<String> user) throws IOException {
    return NotifyEar.open(ears, NotifyAddress.in(record), user);
  }

  /** Makes what runs with this environment a part of a launch: it ends with that. */
  public static Map<String, String> marked(Map<String, String> environment, Path record) {
    Map<String, String> marked = new HashMap<>(environment);
    marked.put(Mark.VARIABLE, Mark.value(record));
    return marked;
  }

  /**
   * Runs a short command; its output is thrown away. With the mark of a launch it is held by what
   * holds that one, so that what it leaves behind ends with it at the latest.
   */
  public CommandRun run(
      List<String> command, Map<String, String> environment, Path directory, Optional<String> user)
      throws IOException {
    try {
      Programs.checkProgram(command.getFirst(), directory, environment);
      List<String> argv = Programs.argv(command, environment, user);
      Spawn spawn =
          new Spawn(
              Shim.SHELL,
              Shim.command(directory, entrances(environment), argv),
              environment,
              Path.of("/dev/null"),
              List.of());
      return CommandRun.start(poller, sweeper, spawn);
    } catch (CannotLaunch e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private List<Path> entrances(Map<String, String> environment) {
    return Mark.record(environment)
        .flatMap(record -> Traces.found(record, cgroups).cgroup())
        .map(Cgroup::entrances)
        .orElse(List.of());
  }

  /** HOME and USER of an account; none for one that does not exist. */
  public static Map<String, String> variablesOf(String user) {
    return Account.find(user)
        .map(account -> Map.of("HOME", account.home(), "USER", account.name()))
        .orElse(Map.of());
  }

  /** Makes a user the owner of a directory, where that user exists and the agent may do so. */
  public static void giveTo(Path directory, String user) throws IOException {
    Optional<Account> account = Account.find(user).filter(found -> !found.isOwn());
    if (account.isPresent() && Account.ownUid() == 0) {
      Files.setAttribute(directory, "unix:uid", account.get().uid());
      Files.setAttribute(directory, "unix:gid", account.get().gid());
    }
  }

  /** The kernel's name for the time since this machine was last started. */
  public static String bootId() {
    return Boot.ID;
  }

  /** Read once: it outlasts every process. */
  private static final class Boot {

    static final String ID = read();

    private static String read() {
      try {
        return ProcFile.read("/proc/sys/kernel/random/boot_id").strip();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the boot id", e);
      }
    }
  }

  /** Stops watching. Every process goes on. */
  @Override
  public void close() {
    guards.close();
    undertaker.close();
    sweeper.close();
    ears.close();
    poller.close();
    cgroups.close();
  }
}
