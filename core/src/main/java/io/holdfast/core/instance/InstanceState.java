package io.holdfast.core.instance;

import java.util.Optional;

/** Where one instance stands on its agent; each state holds only what means something in it. */
public sealed interface InstanceState {

  /** How far it has come, as the supervisor is told. */
  Phase phase();

  /** The process, once it is known. */
  Optional<Running> running();

  /** Accepted; not yet written down, so nothing may have been launched. */
  record Assigned(Terms terms) implements InstanceState {
    @Override
    public Phase phase() {
      return Phase.STARTING;
    }

    @Override
    public Optional<Running> running() {
      return Optional.empty();
    }
  }

  /** Written down and being launched. */
  record Launching(Terms terms) implements InstanceState {
    @Override
    public Phase phase() {
      return Phase.STARTING;
    }

    @Override
    public Optional<Running> running() {
      return Optional.empty();
    }
  }

  /**
   * Running, and not ready yet.
   *
   * @param stage the probe that is waited for, startup or readiness
   */
  record Starting(Terms terms, Running process, ProbeKind stage, Streak streak)
      implements InstanceState {
    @Override
    public Phase phase() {
      return Phase.STARTING;
    }

    @Override
    public Optional<Running> running() {
      return Optional.of(process);
    }
  }

  /**
   * Has become ready once, so the readiness and liveness probes decide from here on.
   *
   * @param ready takes traffic now
   */
  record Serving(Terms terms, Running process, boolean ready, Streak readiness, Streak liveness)
      implements InstanceState {
    @Override
    public Phase phase() {
      return ready ? Phase.READY : Phase.UNREADY;
    }

    @Override
    public Optional<Running> running() {
      return Optional.of(process);
    }
  }

  /**
   * Told to end.
   *
   * @param running absent while its launch is still under way
   * @param waiting {@link Deadline#GRACE}, then {@link Deadline#KILL}
   * @param generation of the deadline that counts
   */
  record Stopping(
      Terms terms, Optional<Running> running, StopOrder order, Deadline waiting, int generation)
      implements InstanceState {
    @Override
    public Phase phase() {
      return Phase.STOPPING;
    }
  }

  /**
   * Launched by an earlier agent; not known yet whether it lives.
   *
   * @param lastSeen what the earlier agent last said of it
   * @param stop present when it was to end then, or has been told since
   * @param generation of the deadline that counts
   */
  record Adopting(Terms terms, Phase lastSeen, Optional<StopOrder> stop, int generation)
      implements InstanceState {
    @Override
    public Phase phase() {
      return stop.isPresent() ? Phase.STOPPING : lastSeen;
    }

    @Override
    public Optional<Running> running() {
      return Optional.empty();
    }
  }

  /** Gone for good. */
  record Exited(Exit exit) implements InstanceState {
    @Override
    public Phase phase() {
      return Phase.EXITED;
    }

    @Override
    public Optional<Running> running() {
      return Optional.empty();
    }
  }
}
