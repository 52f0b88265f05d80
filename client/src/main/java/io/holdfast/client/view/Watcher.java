package io.holdfast.client.view;

import io.holdfast.core.balancing.Ejections.Ejection;

/** Is told what a followed view does, one thing at a time. */
public interface Watcher {

  /** Requests are routed by this table now. */
  void changed(RouteTable table);

  /** An endpoint was taken out because of what requests from here saw. */
  void ejected(Ejection ejection);
}
