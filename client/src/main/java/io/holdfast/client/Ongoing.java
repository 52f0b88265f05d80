package io.holdfast.client;

import io.holdfast.client.view.RouteTable;
import io.holdfast.client.view.Watcher;
import io.holdfast.core.balancing.Ejections.Ejection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests by HTTP that are not answered yet; they hear of what becomes of the view. */
final class Ongoing implements Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(Ongoing.class);

  /** Is told; on the thread that follows the view, which must not be held up. */
  interface Listener {

    void viewChanged(RouteTable table);

    /** The load balancer is closed. */
    void closed();
  }

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** False when it is too late to begin anything. */
  boolean begin(Listener one) {
    listeners.add(one);
    if (closed) {
      listeners.remove(one);
    }
    return !closed;
  }

  void end(Listener one) {
    listeners.remove(one);
  }

  @Override
  public void changed(RouteTable table) {
    listeners.forEach(one -> one.viewChanged(table));
  }

  @Override
  public void ejected(Ejection ejection) {
    LOG.info("{} is out for {} ms", ejection.instance(), ejection.time().toMillis());
  }

  void close() {
    closed = true;
    List.copyOf(listeners).forEach(Listener::closed);
  }
}
