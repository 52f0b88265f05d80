package io.holdfast.agent.probe;

import io.holdfast.core.instance.ProbeKind;
import io.holdfast.core.spec.Probe;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for what a service says of itself, and tells what comes, and what does not. */
final class WatchdogWatch {

  /** A service that says more than this is heard all the same; its probe is told no more often. */
  private static final Duration BETWEEN_PASSES = Duration.ofMillis(10);

  private final PauseWatch pauses;

  WatchdogWatch(PauseWatch pauses) {
    this.pauses = pauses;
  }

  void run(ProbeOrder order, Duration silence, Consumer<ProbeResult> listener)
      throws InterruptedException {
    Notices notices = order.notices();
    Vigil vigil = Vigil.begin(order.kind(), silence, notices.said(), System.nanoTime());
    while (!Thread.currentThread().isInterrupted()) {
      Said said = notices.said();
      long now = System.nanoTime();
      switch (vigil.judge(said, now)) {
        case Vigil.Verdict.Wait(long until) -> notices.await(said.version(), until - now);
        case Vigil.Verdict.Passed _ -> {
          vigil = vigil.judged(said);
          listener.accept(ProbeResult.passed());
          Thread.sleep(BETWEEN_PASSES);
        }
        case Vigil.Verdict.Bad(String detail) -> {
          vigil = vigil.again(said, now);
          confess(order, detail, listener);
        }
        case Vigil.Verdict.Silent(String detail) -> {
          long from = now - silence.toNanos();
          vigil = vigil.again(said, now);
          // What came during a pause of the agent waits to be heard.
          if (!pauses.touches(from, now)) {
            listener.accept(ProbeResult.missed(detail));
          }
        }
      }
    }
  }

  /** What the service itself says is not doubted: it counts for as many misses as are asked. */
  private static void confess(ProbeOrder order, String detail, Consumer<ProbeResult> listener) {
    Probe probe = order.probe();
    int times = order.kind() == ProbeKind.STARTUP ? 1 : probe.failures();
    for (int i = 0; i < times; i++) {
      listener.accept(ProbeResult.missed(detail));
    }
  }
}
