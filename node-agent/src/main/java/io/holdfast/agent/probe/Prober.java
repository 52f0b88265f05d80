package io.holdfast.agent.probe;

import io.holdfast.agent.process.Processes;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs probes, each on a virtual thread of its own, with a fixed delay and some jitter. */
public final class Prober {

  /** A probe that is running. */
  public interface Running {
    /** No result comes after the one that is perhaps being told right now. */
    void stop();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

  /** Waits differ by this share, so that the probes of many instances stay spread out. */
  private static final double JITTER = 0.1;

  private static final Duration FIRST_WAIT = Duration.ofMillis(10);

  private final ExecCheck commands;
  private final PauseWatch pauses;

  public Prober(Processes processes, PauseWatch pauses) {
    this.commands = new ExecCheck(processes);
    this.pauses = pauses;
  }

  /**
   * Begins to probe. What an instance waits for is asked at once, and until the first pass the
   * waits grow from a few milliseconds to the interval: a service that has just come up is not left
   * waiting for a slow rhythm. Where nobody waits, the first time is any within an interval.
   */
  public Running start(ProbeOrder order, Consumer<ProbeResult> listener) {
    Thread thread = Thread.ofVirtual().name("probe").unstarted(() -> run(order, listener));
    thread.start();
    return thread::interrupt;
  }

  /** Asks once, on the caller's thread. */
  public ProbeResult ask(Probe probe, ProbeTarget target) throws InterruptedException {
    try (Check check = check(probe, target)) {
      return check.run();
    } catch (NotMade e) {
      return ProbeResult.missed(e.detail());
    }
  }

  private void run(ProbeOrder order, Consumer<ProbeResult> listener) {
    try {
      if (order.probe().check() instanceof ProbeCheck.Watchdog(Duration silence)) {
        new WatchdogWatch(pauses).run(order, silence, listener);
      } else {
        repeat(order, listener);
      }
    } catch (InterruptedException e) {
      // That is how a probe is stopped.
    }
  }

  private void repeat(ProbeOrder order, Consumer<ProbeResult> listener)
      throws InterruptedException {
    Duration interval = order.probe().interval();
    if (!order.awaited()) {
      Thread.sleep(anyOf(interval));
    }
    // Only for what is awaited: elsewhere each miss counts, and is worth an interval.
    Duration wait = order.awaited() ? shorter(FIRST_WAIT, interval) : interval;
    boolean passed = !order.awaited();
    boolean leftOut = false;
    try (Check check = check(order.probe(), order.target())) {
      while (!Thread.currentThread().isInterrupted()) {
        boolean passes = false;
        try {
          passes = once(check, listener);
          leftOut = false;
        } catch (NotMade e) {
          leaveOut(e, !leftOut, order.awaited(), listener);
          leftOut = true;
        }
        wait = passes ? interval : shorter(wait.multipliedBy(2), interval);
        // Many that become ready together part here.
        Thread.sleep(passes && !passed ? anyOf(interval) : jittered(wait));
        passed |= passes;
      }
    }
  }

  /** Whether it passes. What happens in a pause of the agent is not told of a service. */
  private boolean once(Check check, Consumer<ProbeResult> listener)
      throws InterruptedException, NotMade {
    long begin = System.nanoTime();
    ProbeResult result = asked(check);
    boolean ownFault =
        result instanceof ProbeResult.Missed && pauses.touches(begin, System.nanoTime());
    if (!ownFault && !Thread.currentThread().isInterrupted()) {
      listener.accept(result);
    }
    return result instanceof ProbeResult.Passed;
  }

  private static void leaveOut(
      NotMade why, boolean first, boolean awaited, Consumer<ProbeResult> listener) {
    if (first) {
      LOG.warn("Probes are left out: {}", why.detail());
    }
    if (awaited) {
      // Nobody is blamed for it, and people see what is waited for.
      listener.accept(ProbeResult.missed(why.detail()));
    }
  }

  /** A check that breaks must not end all those to come. */
  private static ProbeResult asked(Check check) throws InterruptedException, NotMade {
    try {
      return check.run();
    } catch (RuntimeException e) {
      throw new NotMade("the probe could not be made: " + e.getMessage(), e);
    }
  }

  private Check check(Probe probe, ProbeTarget target) {
    Duration timeout = probe.timeout();
    return switch (probe.check()) {
      case ProbeCheck.Http(String path, String port) ->
          at(target, port, address -> new HttpCheck(address, path, timeout));
      case ProbeCheck.Tcp(String port) ->
          at(target, port, address -> () -> TcpCheck.connect(address, timeout));
      case ProbeCheck.Grpc(String service, String port) ->
          at(target, port, address -> new GrpcCheck(address, service, timeout));
      case ProbeCheck.Exec exec ->
          () -> commands.run(target.expansion().apply(exec.command()), target, timeout);
      case ProbeCheck.Watchdog _ -> throw new IllegalArgumentException("a watchdog asks nothing");
    };
  }

  private static Check at(
      ProbeTarget target, String port, Function<InetSocketAddress, Check> check) {
    return address(target, port)
        .map(check)
        .orElse(() -> ProbeResult.missed("there is no port '" + port + "'"));
  }

  private static Optional<InetSocketAddress> address(ProbeTarget target, String port) {
    return Optional.ofNullable(target.ports().get(port))
        .map(number -> new InetSocketAddress(target.address(), number));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration anyOf(Duration interval) {
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(interval.toNanos() + 1));
  }

  private static Duration jittered(Duration wait) {
    double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofNanos((long) (wait.toNanos() * factor));
  }
}
