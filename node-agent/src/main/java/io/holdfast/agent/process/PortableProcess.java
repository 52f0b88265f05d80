package io.holdfast.agent.process;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One that is known by its number and its start. Between a look at it and a signal lie some
 * microseconds, in which the number could only change hands if it were the next one to be given
 * out.
 */
final class PortableProcess implements ServiceProcess {

  private static final Logger LOG = LoggerFactory.getLogger(PortableProcess.class);

  private final Census census;
  private final ProcessHandle handle;
  private final Optional<Process> shim;
  private final Traces traces;
  private final Instant startedAt;
  private final Set<ProcessHandle> descendants = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Death> death = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private PortableProcess(
      Census census, ProcessHandle handle, Optional<Process> shim, Traces traces) {
    this.census = census;
    this.handle = handle;
    this.shim = shim;
    this.traces = traces;
    this.startedAt = traces.begunAt();
  }

  /** One whose shim is a child of this agent. */
  static PortableProcess launched(
      Census census, ProcessHandle handle, Process shim, Traces traces) {
    return new PortableProcess(census, handle, Optional.of(shim), traces);
  }

  /** One that an earlier agent launched. */
  static PortableProcess adopted(Census census, ProcessHandle handle, Traces traces) {
    return new PortableProcess(census, handle, Optional.empty(), traces);
  }

  @Override
  public long pid() {
    return handle.pid();
  }

  @Override
  public OptionalLong session() {
    return OptionalLong.empty();
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public void signal(String name) {
    remember();
    if (!isAlive()) {
      return;
    }
    switch (name) {
      case "TERM" -> handle.destroy();
      case "KILL" -> handle.destroyForcibly();
      default -> kill(name);
    }
  }

  @Override
  public CompletionStage<Death> death() {
    return death;
  }

  @Override
  public CompletionStage<Void> gone() {
    return gone;
  }

  boolean isAlive() {
    return census.isAlive(handle);
  }

  Optional<Process> shim() {
    return shim;
  }

  Traces traces() {
    return traces;
  }

  /** Takes note of what it has forked, which cannot be told any more once it has ended. */
  void remember() {
    if (!census.seesMarks()) {
      descendants.removeIf(process -> !process.isAlive());
      handle.descendants().forEach(descendants::add);
    }
  }

  /** What has been taken note of, and what that has forked since. */
  List<ProcessHandle> remembered() {
    List.copyOf(descendants).forEach(known -> known.descendants().forEach(descendants::add));
    return descendants.stream().filter(census::isAlive).toList();
  }

  void died(Death how) {
    death.complete(how);
  }

  void isGone() {
    gone.complete(null);
  }

  /** Java knows but two signals, every shell knows all. */
  private void kill(String name) {
    try {
      new ProcessBuilder(
              Shim.SHELL.toString(), "-c", "kill \"-$1\" \"$2\"", "kill", name, "" + pid())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      LOG.warn("Process {} could not be sent {}: {}", pid(), name, e.getMessage());
    }
  }
}
