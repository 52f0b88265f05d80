package io.holdfast.agent.process;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One that is held by a handle of the kernel, and has a session of its own. */
final class NativeProcess implements ServiceProcess {

  private final ProcStat identity;
  private final Instant startedAt;
  private final Pidfd process;
  private final Optional<Pidfd> shim;
  private final boolean child;
  private final Traces traces;
  private final CompletableFuture<Death> death = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private boolean closed;

  private NativeProcess(
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

  static NativeProcess launched(
      ProcStat identity, Instant startedAt, Pidfd process, Pidfd shim, Traces traces) {
    return new NativeProcess(identity, startedAt, process, Optional.of(shim), true, traces);
  }

  /**
   * One that an earlier agent launched.
   *
   * @param shim absent when it has gone before the service
   * @param child true when that agent was an earlier program of this very process
   */
  static NativeProcess adopted(
      ProcStat identity,
      Instant startedAt,
      Pidfd process,
      Optional<Pidfd> shim,
      boolean child,
      Traces traces) {
    return new NativeProcess(identity, startedAt, process, shim, child, traces);
  }

  @Override
  public long pid() {
    return identity.pid();
  }

  /** Led by its shim. */
  @Override
  public OptionalLong session() {
    return OptionalLong.of(identity.session());
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public synchronized void signal(String name) {
    if (!closed) {
      process.signal(Signals.number(name));
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
