package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.time.Clock;

/**
 * Sees processes end. The first to know how tells: the kernel, on the poller's thread, or else the
 * {@link Undertaker}, who waits for the shim's record.
 */
final class DeathWatch {

  private final Poller poller;
  private final Undertaker undertaker;
  private final Clock clock;

  DeathWatch(Poller poller, Undertaker undertaker, Clock clock) {
    this.poller = poller;
    this.undertaker = undertaker;
    this.clock = clock;
  }

  void watch(NativeProcess process) {
    Vigil vigil = new Vigil(process);
    // On the poller's thread, so that no event comes before its token is known.
    poller.execute(vigil::begin);
  }

  /** One process that is watched; touched by the poller's thread only. */
  private final class Vigil {

    private final NativeProcess process;
    private final int fd;
    private long token;
    private boolean ended;

    Vigil(NativeProcess process) {
      this.process = process;
      this.fd = process.process().fd();
    }

    void begin() {
      try {
        token = poller.add(fd, Poller.IN, this::seen);
      } catch (IOException e) {
        throw new IllegalStateException("cannot watch process " + process.pid(), e);
      }
    }

    private void seen(int events) {
      if (!ended) {
        ended = true;
        // It has ended but is not reaped yet: the hang-up that follows tells how it ended.
        poller.change(token, fd, 0);
        undertaker.bury(process, this::close);
      }
      if ((events & Poller.HANG_UP) != 0) {
        poller.remove(token, fd);
        process.process().exitInfo().ifPresent(this::tell);
      }
    }

    private void tell(ExitStatus status) {
      process.died(new Death(process.traces().explained(status), clock.instant()));
    }

    private void close() {
      poller.execute(
          () -> {
            poller.remove(token, fd);
            process.close();
          });
    }
  }
}
