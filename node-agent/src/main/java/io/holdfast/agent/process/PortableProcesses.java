package io.holdfast.agent.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of this host, handled with what Java has on every system with a POSIX shell.
 *
 * <p>No handle of the kernel, no session and no group is theirs, and no lock outlives the agent:
 * what that means for a service is refused when it is launched, or stands in the README.
 */
final class PortableProcesses implements Processes {

  private static final Logger LOG = LoggerFactory.getLogger(PortableProcesses.class);

  private final Census census;
  private final PortableWatch watch;
  private final PortableLauncher launcher;
  private final PortableAdopter adopter;

  private PortableProcesses(Census census, Clock clock) {
    this.census = census;
    this.watch = PortableWatch.start(census, clock);
    this.launcher = new PortableLauncher(census, watch, clock);
    this.adopter = new PortableAdopter(census, clock);
  }

  static PortableProcesses start(Clock clock) {
    return start(clock, Census.ofThisHost());
  }

  static PortableProcesses start(Clock clock, Census census) {
    return new PortableProcesses(census, clock);
  }

  @Override
  public Map<String, String> attributes() {
    return Map.of("launch", "portable", "kill", census.kin(), "limits", "none");
  }

  @Override
  public LaunchOutcome launch(LaunchOrder order) {
    return launcher.launch(order);
  }

  @Override
  public Sighting look(Path record, String bootId, boolean lastLook) {
    Sighting sighting =
        adopter.look(Traces.found(record), bootId.equals(Processes.bootId()), lastLook);
    switch (sighting) {
      case Sighting.Alive(PortableProcess process) -> watch.watch(process);
      // Nobody else looks for what it has left behind once more.
      case Sighting.Dead _ -> watch.clear(record);
      case Sighting.Alive(NativeProcess _),
          Sighting.NeverLaunched _,
          Sighting.Revoked _,
          Sighting.Unclear _ -> {}
    }
    return sighting;
  }

  @Override
  public Set<String> leftBehind(Path records) {
    return census.names(records);
  }

  @Override
  public void clear(Path record) {
    watch.clear(record);
  }

  @Override
  public void checkTraces(Path record, boolean hasRun) throws IOException {
    if (hasRun && !Traces.found(record).hasRecord() && mayLive(record)) {
      throw new IOException(Traces.PID_MISSING);
    }
    if (adopter.isDamaged(Traces.found(record))) {
      throw new IOException("its pid is incomplete");
    }
  }

  @Override
  public boolean mayLive(Path record) {
    return adopter.mayLive(Traces.found(record));
  }

  /** It has the guard that it was launched with, by an agent that could. */
  @Override
  public void guard(ServiceProcess process, GuardOrder order) {
    LOG.warn(
        "Process {} is exclusive; should its guard end before it, there will be no other one",
        process.pid());
  }

  @Override
  public NotifyEar listen(Path record, Optional<String> user) throws IOException {
    throw new IOException(
        PortableMeans.unable("hear what a service says by sd_notify").getMessage());
  }

  @Override
  public CommandRun run(
      List<String> command, Map<String, String> environment, Path directory, Optional<String> user)
      throws IOException {
    try {
      PortableMeans.checkUser(user);
      PortableMeans.checkText(command, environment);
    } catch (CannotLaunch e) {
      throw new BeyondMeans(e);
    }
    try {
      Programs.checkProgram(command.getFirst(), directory, environment);
      List<String> argv = Programs.argv(command, environment, Optional.empty());
      return PortableCommand.start(
          census, PortableMeans.builder(Shim.command(directory, List.of(), argv), environment));
    } catch (CannotLaunch e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Map<String, String> variablesOf(String user) {
    return PortableMeans.isOwnUser(user)
        ? Map.of("HOME", System.getProperty("user.home", "/"), "USER", user)
        : Map.of();
  }

  /** To nobody: for another user nothing is launched. */
  @Override
  public void giveTo(Path directory, String user) {}

  @Override
  public void close() {
    watch.close();
  }
}
