package io.holdfast.client;

import io.holdfast.client.view.Use;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what was never closed once nobody can close it any more, so that a leak does not keep an
 * instance busy for ever. Holds as many as are open.
 */
final class ForgottenPicks {

  private static final Logger LOG = LoggerFactory.getLogger(ForgottenPicks.class);

  private final Set<Held> open = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<Pick> unreachable = new ReferenceQueue<>();

  /** A pick that is open, as far as it is needed without it. */
  static final class Held extends PhantomReference<Pick> {

    private final Use use;

    private Held(Pick pick, ReferenceQueue<Pick> unreachable, Use use) {
      super(pick, unreachable);
      this.use = use;
    }
  }

  Held hold(Pick pick, Use use) {
    Held held = new Held(pick, unreachable, use);
    open.add(held);
    return held;
  }

  void release(Held held) {
    open.remove(held);
  }

  /** Now and then. */
  void sweep() {
    while (unreachable.poll() instanceof Held found) {
      open.remove(found);
      if (found.use.end()) {
        LOG.warn("a pick of {} was never closed", found.use.instance());
      }
    }
  }
}
