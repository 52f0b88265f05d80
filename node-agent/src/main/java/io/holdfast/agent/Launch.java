package io.holdfast.agent;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.Intent;
import io.holdfast.agent.host.Variables;
import io.holdfast.agent.probe.ProbeTarget;
import io.holdfast.agent.process.GuardOrder;
import io.holdfast.agent.process.LaunchOrder;
import io.holdfast.agent.process.LaunchOutcome;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.NodeId;
import io.holdfast.core.spec.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How an instance is run: its specification applied to this host. */
record Launch(
    ProcessSpec process,
    Optional<GuardOrder> guard,
    Intent intent,
    InstanceDirectory directory,
    Map<String, String> own,
    NodeId node,
    Notified notified,
    Processes processes) {

  /** Blocks until the outcome is known. */
  LaunchOutcome run() {
    try {
      Path work = process.directory().isPresent() ? workingDirectory() : ownDirectory();
      Variables variables = variables();
      Map<String, String> environment = new HashMap<>(variables.environment());
      environment.putAll(notified.open());
      return processes.launch(
          new LaunchOrder(
              directory.path(),
              variables.expand(process.command()),
              environment,
              work,
              process.user(),
              guard,
              process.resources()));
    } catch (IOException e) {
      return new LaunchOutcome.Failed(
          "its directory or its notify socket cannot be prepared: " + e.getMessage());
    }
  }

  ProbeTarget probeTarget(String address) {
    Variables variables = variables();
    return new ProbeTarget(
        address,
        intent.ports(),
        Processes.marked(variables.environment(), directory.path()),
        workingDirectory(),
        process.user(),
        variables::expand);
  }

  private Variables variables() {
    Map<String, String> inherited = new HashMap<>(own);
    process.user().ifPresent(user -> inherited.putAll(processes.variablesOf(user)));
    return Variables.of(inherited, process, intent.ports(), intent.instance(), node);
  }

  private Path workingDirectory() {
    return process.directory().map(Path::of).orElse(directory.work()).toAbsolutePath();
  }

  private Path ownDirectory() throws IOException {
    Path work = Files.createDirectories(directory.work());
    Optional<String> user = process.user();
    if (user.isPresent()) {
      processes.giveTo(work, user.get());
    }
    return work;
  }
}
