package io.holdfast.agent.process;

import io.holdfast.core.spec.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param record the directory where the launch leaves its traces; see {@link Traces}
 * @param command argv; the program is found by the PATH of {@code environment}
 * @param directory the working directory
 * @param user the account to run as; the agent's own when absent
 * @param guard present when it must not outlive its agent's lease
 * @param resources how much of the host it may use
 */
public record LaunchOrder(
    Path record,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Optional<String> user,
    Optional<GuardOrder> guard,
    Resources resources) {

  public LaunchOrder {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public LaunchOrder(
      Path record,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Optional<String> user) {
    this(record, command, environment, directory, user, Optional.empty());
  }

  public LaunchOrder(
      Path record,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Optional<String> user,
      Optional<GuardOrder> guard) {
    this(record, command, environment, directory, user, guard, Resources.UNLIMITED);
  }
}
