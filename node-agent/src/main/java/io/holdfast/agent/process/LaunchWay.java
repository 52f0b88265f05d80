package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroups;
import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an agent handles processes: decided once, when it starts, and told. */
public final class LaunchWay {

  private static final Logger LOG = LoggerFactory.getLogger(LaunchWay.class);

  private LaunchWay() {}

  /**
   * The native way where the host has what that takes, else the portable one.
   *
   * @param data the directory of the agent
   * @param portable true to go the portable way in any case
   */
  public static Processes open(Clock clock, Path data, boolean portable)
      throws IOException, CannotStart {
    Optional<String> obstacle = portable ? Optional.of("it was told to") : NativeTrial.obstacle();
    if (obstacle.isEmpty()) {
      return Processes.start(clock, Cgroups.find(data));
    }
    if (!Files.isExecutable(Shim.SHELL)) {
      throw new CannotStart("The agent cannot start here: there is no " + Shim.SHELL);
    }
    Processes processes = PortableProcesses.start(clock);
    LOG.warn(
        "This agent launches by portable means, with less care for its services ({}): {}",
        processes.attributes(),
        obstacle.get());
    return processes;
  }
}
