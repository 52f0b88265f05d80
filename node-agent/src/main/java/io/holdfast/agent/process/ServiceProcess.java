package io.holdfast.agent.process;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A service process of this host, launched by this agent or by an earlier one. */
public final class ServiceProcess {

  private final ProcStat identity;
  private final Instant startedAt;
  private final Pidfd process;
  private final Optional<Pidfd> shim;
  private final boolean child;
  private final Traces traces;
  private final CompletableFuture<Death> death = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private boolean closed;

  private ServiceProcess(
      ProcStat identity,
      Instant startedAt,
      Pidfd process,
      Optional<Pidfd> shim,
      boolean child,
      Traces traces) {
    this.identity = identity;
    this.startedAt = startedAt;
    this.process = process;
    this.shim = shim;
    this.child = child;
    this.traces = traces;
  }

  static ServiceProcess launched(
      ProcStat identity, Instant startedAt, Pidfd process, Pidfd shim, Traces traces) {
    return new ServiceProcess(identity, startedAt, process, Optional.of(shim), true, traces);
  }

  /**
   * One that an earlier agent launched.
   *
   * @param shim absent when it has gone before the service
   * @param child true when that agent was an earlier program of this very process
   */
  static ServiceProcess adopted(
      ProcStat identity,
      Instant startedAt,
      Pidfd process,
      Optional<Pidfd> shim,
      boolean child,
      Traces traces) {
    return new ServiceProcess(identity, startedAt, process, shim, child, traces);
  }

  public long pid() {
    return identity.pid();
  }

  /** Its own, led by its shim. */
  public long session() {
    return identity.session();
  }

  public Instant startedAt() {
    return startedAt;
  }

  /**
   * Sends a signal, named without SIG; one that comes too late reaches nobody. What the process
   * leaves behind in its session is killed in any case, once the process itself has ended.
   */
  public synchronized void signal(String name) {
    if (!closed) {
      process.signal(Signals.number(name));
    }
  }

  /** Completes on a thread that must not be held up, the moment the process has ended. */
  public CompletionStage<Death> death() {
    return death;
  }

  /** Completes when nothing of its session is left. */
  public CompletionStage<Void> gone() {
    return gone;
  }

  ProcStat identity() {
    return identity;
  }

  Pidfd process() {
    return process;
  }

  Optional<Pidfd> shim() {
    return shim;
  }

  /** True when its shim is a child of this agent, to be reaped by it and by nobody else. */
  boolean isChild() {
    return child;
  }

  Traces traces() {
    return traces;
  }

  void died(Death how) {
    death.complete(how);
  }

  void isGone() {
    gone.complete(null);
  }

  synchronized void close() {
    closed = true;
    process.close();
    shim.ifPresent(Pidfd::close);
  }
}
