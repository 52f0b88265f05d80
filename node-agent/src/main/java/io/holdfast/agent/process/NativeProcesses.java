package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroup;
import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.agent.process.Sessions.Remains;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The processes of this host, handled by calls of the C library and the kernel. */
final class NativeProcesses implements Processes {

  private final Cgroups cgroups;
  private final Poller poller;
  private final Poller ears;
  private final Sweeper sweeper;
  private final Undertaker undertaker;
  private final DeathWatch watch;
  private final Guards guards;
  private final Launcher launcher;
  private final Adopter adopter;

  /** For what an agent has launched that had to do without native calls. */
  private final PortableProcesses portable;

  private NativeProcesses(
      Poller poller, Poller ears, Sweeper sweeper, Cgroups cgroups, Clock clock) {
    this.cgroups = cgroups;
    this.poller = poller;
    this.ears = ears;
    this.sweeper = sweeper;
    this.undertaker = new Undertaker(sweeper, clock);
    this.watch = new DeathWatch(poller, undertaker, clock);
    this.guards = new Guards(poller);
    this.launcher = new Launcher(clock, guards, sweeper, cgroups);
    this.adopter = new Adopter(clock);
    this.portable = PortableProcesses.start(clock);
  }

  static NativeProcesses start(Clock clock, Cgroups cgroups) throws IOException {
    return new NativeProcesses(
        Poller.start("holdfast-poller"),
        Poller.start("holdfast-ears"),
        Sweeper.start(),
        cgroups,
        clock);
  }

  @Override
  public Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>(cgroups.attributes());
    attributes.put("launch", "native");
    return attributes;
  }

  @Override
  public LaunchOutcome launch(LaunchOrder order) {
    LaunchOutcome outcome = launcher.launch(order);
    if (outcome instanceof LaunchOutcome.Running(NativeProcess process)) {
      watch.watch(process);
    }
    return outcome;
  }

  @Override
  public Sighting look(Path record, String bootId, boolean lastLook) {
    if (Traces.isPortable(record)) {
      return portable.look(record, bootId, lastLook);
    }
    Sighting sighting =
        adopter.look(Traces.found(record, cgroups), bootId.equals(Processes.bootId()), lastLook);
    if (sighting instanceof Sighting.Alive(NativeProcess process)) {
      watch.watch(process);
    }
    return sighting;
  }

  @Override
  public Set<String> leftBehind(Path records) {
    Set<String> names = new TreeSet<>(cgroups.instances());
    names.addAll(Mark.names(records));
    return names;
  }

  @Override
  public void clear(Path record) {
    sweeper.sweep(
        cgroups.find(String.valueOf(record.getFileName())),
        Optional.of(Remains.of(new Mark(record, 0))),
        () -> {});
  }

  @Override
  public void checkTraces(Path record, boolean hasRun) throws IOException {
    if (Traces.isPortable(record)) {
      portable.checkTraces(record, hasRun);
      return;
    }
    if (hasRun && !Traces.found(record, cgroups).hasRecord() && mayLive(record)) {
      throw new IOException(Traces.PID_MISSING);
    }
    if (Traces.hasForeignGroups(record, cgroups) && mayLive(record)) {
      throw new IOException("its control groups are not its own");
    }
    Optional<String> damage = Adopter.damage(Traces.found(record, cgroups));
    if (damage.isPresent()) {
      throw new IOException(damage.get());
    }
  }

  @Override
  public boolean mayLive(Path record) {
    return Traces.isPortable(record)
        ? portable.mayLive(record)
        : Adopter.mayLive(Traces.found(record, cgroups));
  }

  @Override
  public void guard(ServiceProcess process, GuardOrder order) {
    switch (process) {
      case NativeProcess service -> guards.resume(service, order);
      case PortableProcess service -> portable.guard(service, order);
    }
  }

  @Override
  public NotifyEar listen(Path record, Optional<String> user) throws IOException {
    return NotifyEar.open(ears, NotifyAddress.in(record), user);
  }

  @Override
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
      return NativeCommand.start(poller, sweeper, spawn);
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

  @Override
  public Map<String, String> variablesOf(String user) {
    return Account.find(user)
        .map(account -> Map.of("HOME", account.home(), "USER", account.name()))
        .orElse(Map.of());
  }

  @Override
  public void giveTo(Path directory, String user) throws IOException {
    Account.give(directory, user);
  }

  @Override
  public void close() {
    portable.close();
    guards.close();
    undertaker.close();
    sweeper.close();
    ears.close();
    poller.close();
    cgroups.close();
  }
}
