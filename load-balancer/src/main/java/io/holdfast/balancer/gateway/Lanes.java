package io.holdfast.balancer.gateway;

import io.holdfast.client.view.FollowedView;
import io.holdfast.client.view.RouteTable;
import io.holdfast.client.view.WaitingRoom;
import io.holdfast.client.view.Watcher;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lane of each event loop. */
final class Lanes implements Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Transport transport;
  private final WaitingRoom waitingRoom = new WaitingRoom();
  private final GatewayMetrics metrics;
  private final Map<EventExecutor, Lane> lanes = new ConcurrentHashMap<>();

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  Lanes(Transport transport, GatewayMetrics metrics) {
    this.transport = transport;
    this.metrics = metrics;
  }

  Lane of(EventLoop loop, FollowedView view) {
    return lanes.computeIfAbsent(
        loop, one -> Lane.start(loop, transport, view, waitingRoom, metrics));
  }

  /** Has somebody else hear of each change of the view as well. */
  void tell(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void changed(RouteTable table) {
    listeners.forEach(Runnable::run);
    for (Lane lane : lanes.values()) {
      // A loop that shuts down takes no more tasks, and has no more requests.
      if (!lane.loop().isShuttingDown()) {
        lane.loop().execute(() -> lane.viewChanged(table));
      }
    }
  }

  @Override
  public void ejected(Ejection ejection) {
    LOG.info(
        "{} is out for {} ms: {}",
        ejection.instance(),
        ejection.time().toMillis(),
        GatewayMetrics.words(ejection.reason()));
    metrics.ejected(ejection);
  }
}
