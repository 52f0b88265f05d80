package io.holdfast.agent.probe;

import io.holdfast.agent.process.Processes;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Runs probes, each on a virtual thread of its own, with a fixed delay and some jitter. */
public final class Prober {

  /** A probe that is running. */
  public interface Running {
    /** No result comes after the one that is perhaps being told right now. */
    void stop();
  }

  /** Waits differ by this share, so that the probes of many instances spread out. */
  private static final double JITTER = 0.1;

  private static final Duration FIRST_WAIT = Duration.ofMillis(10);

  private final ExecCheck commands;
  private final PauseWatch pauses;

  public Prober(Processes processes, PauseWatch pauses) {
    this.commands = new ExecCheck(processes);
    this.pauses = pauses;
  }

  /**
   * Begins to probe, at once. Until the first pass the waits grow from a few milliseconds to the
   * interval: a service that has just come up is not left waiting for a slow rhythm.
   */
  public Running start(Probe probe, ProbeTarget target, Consumer<ProbeResult> listener) {
    Thread thread =
        Thread.ofVirtual().name("probe").unstarted(() -> repeat(probe, target, listener));
    thread.start();
    return thread::interrupt;
  }

  private void repeat(Probe probe, ProbeTarget target, Consumer<ProbeResult> listener) {
    Duration wait = FIRST_WAIT.compareTo(probe.interval()) < 0 ? FIRST_WAIT : probe.interval();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        ProbeResult result = once(probe, target, listener);
        wait =
            result instanceof ProbeResult.Passed
                ? probe.interval()
                : shorter(wait.multipliedBy(2), probe.interval());
        Thread.sleep(jittered(wait));
      }
    } catch (InterruptedException e) {
      // That is how a probe is stopped.
    }
  }

  private ProbeResult once(Probe probe, ProbeTarget target, Consumer<ProbeResult> listener)
      throws InterruptedException {
    long begin = System.nanoTime();
    ProbeResult result = check(probe, target);
    boolean ownFault =
        result instanceof ProbeResult.Missed && pauses.touches(begin, System.nanoTime());
    if (!ownFault && !Thread.currentThread().isInterrupted()) {
      listener.accept(result);
    }
    return result;
  }

  private ProbeResult check(Probe probe, ProbeTarget target) throws InterruptedException {
    return switch (probe.check()) {
      case ProbeCheck.Http(String path, String port) ->
          address(target, port)
              .map(address -> HttpCheck.get(address, path, probe.timeout()))
              .orElseGet(() -> noPort(port));
      case ProbeCheck.Tcp(String port) ->
          address(target, port)
              .map(address -> TcpCheck.connect(address, probe.timeout()))
              .orElseGet(() -> noPort(port));
      case ProbeCheck.Exec exec ->
          commands.run(target.expansion().apply(exec.command()), target, probe.timeout());
    };
  }

  private static Optional<InetSocketAddress> address(ProbeTarget target, String port) {
    return Optional.ofNullable(target.ports().get(port))
        .map(number -> new InetSocketAddress(target.address(), number));
  }

  private static ProbeResult noPort(String name) {
    return ProbeResult.missed("there is no port '" + name + "'");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration jittered(Duration wait) {
    double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofNanos((long) (wait.toNanos() * factor));
  }
}
