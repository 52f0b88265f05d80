package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** A command that shares the session of the agent. */
final class PortableCommand implements CommandRun {

  /** From KILL to being gone; what hangs in the kernel for longer is not waited for. */
  private static final Duration MOST = Duration.ofSeconds(2);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private final Census census;
  private final Process process;
  private final CompletableFuture<ExitStatus> end;
  private volatile List<ProcessHandle> killed = List.of();

  private PortableCommand(Census census, Process process) {
    this.census = census;
    this.process = process;
    this.end = process.onExit().thenApply(this::ended);
  }

  static CommandRun start(Census census, ProcessBuilder builder) throws IOException {
    return new PortableCommand(census, builder.start());
  }

  @Override
  public CompletionStage<ExitStatus> end() {
    return end;
  }

  /** What it forks in the very moment of this escapes, until the service it serves ends. */
  @Override
  public void kill() {
    killed = process.descendants().toList();
    process.destroyForcibly();
    killed.forEach(ProcessHandle::destroyForcibly);
  }

  private ExitStatus ended(Process command) {
    long last = System.nanoTime() + MOST.toNanos();
    while (killed.stream().anyMatch(census::isAlive) && System.nanoTime() < last) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return WaitStatus.ofShell(command.exitValue());
  }
}
