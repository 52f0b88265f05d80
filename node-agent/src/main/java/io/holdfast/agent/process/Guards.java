package io.holdfast.agent.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that each exclusive service has a {@link Guard} as long as anything of it lives. */
final class Guards implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

  /** A guard ends with its service; only one that has ended much earlier is missing. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Poller poller;
  private final ExecutorService hands =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("holdfast-guards").factory());

  Guards(Poller poller) {
    this.poller = poller;
  }

  /** Starts the guard of a service that is about to be launched. */
  Watch begin(Traces traces, GuardOrder order) throws IOException, CannotLaunch {
    Watch watch = new Watch(traces, order);
    watch.start();
    return watch;
  }

  /** Goes on with the guard of an earlier agent, or starts another one if that is gone. */
  void resume(NativeProcess service, GuardOrder order) {
    Watch watch = new Watch(service.traces(), order);
    noted(service.traces()).ifPresentOrElse(watch::hold, watch::missing);
    watch.protect(service);
  }

  /** Leaves the guards to themselves. */
  @Override
  public void close() {
    hands.shutdownNow();
  }

  private static Optional<Pidfd> noted(Traces traces) {
    return traces
        .guard()
        .flatMap(
            identity ->
                Pidfd.find(identity.pid())
                    .filter(
                        process -> {
                          boolean same =
                              ProcStat.read(identity.pid())
                                  .filter(identity::isSameProcess)
                                  .isPresent();
                          if (!same) {
                            process.close();
                          }
                          return same;
                        }));
  }

  /** The guard of one service, and the next one when it is gone too early. */
  final class Watch {

    private final Traces traces;
    private final GuardOrder order;
    private Optional<ServiceProcess> service = Optional.empty();
    private boolean missing;
    private long token;

    private Watch(Traces traces, GuardOrder order) {
      this.traces = traces;
      this.order = order;
    }

    /** What it guards lives from now on. */
    synchronized void protect(ServiceProcess process) {
      service = Optional.of(process);
      if (missing) {
        later();
      }
    }

    private void start() throws IOException, CannotLaunch {
      int pid = Guard.spawn(traces, order).start();
      hold(Pidfd.find(pid).orElseThrow(() -> new IOException("it cannot be watched")));
    }

    private void hold(Pidfd guard) {
      poller.execute(
          () -> {
            try {
              token = poller.add(guard.fd(), Poller.IN, _ -> ended(guard));
            } catch (IOException e) {
              throw new IllegalStateException("a guard cannot be watched", e);
            }
          });
    }

    private void ended(Pidfd guard) {
      poller.remove(token, guard.fd());
      guard.reap();
      guard.close();
      missing();
    }

    private synchronized void missing() {
      missing = true;
      if (service.isPresent()) {
        later();
      }
    }

    private void later() {
      CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, hands)
          .execute(this::again);
    }

    private synchronized void again() {
      if (service.filter(process -> process.gone().toCompletableFuture().isDone()).isPresent()) {
        return;
      }
      try {
        missing = false;
        start();
        LOG.warn("The guard of {} was gone; there is another one", traces.directory());
      } catch (IOException | CannotLaunch e) {
        LOG.warn("There is no guard of {}: {}", traces.directory(), e.getMessage());
        later();
      }
    }
  }
}
