package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.util.concurrent.CompletionStage;

/** A short command, run like a service but without traces: it does not outlive the agent's care. */
public sealed interface CommandRun permits NativeCommand, PortableCommand {

  /** Completes when the command has ended; when it was killed, with what it had started. */
  CompletionStage<ExitStatus> end();

  /** Kills the command and what it has started. */
  void kill();
}
