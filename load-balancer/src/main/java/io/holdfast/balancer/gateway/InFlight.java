package io.holdfast.balancer.gateway;

import io.holdfast.client.view.Target;

/** What runs on an instance at the moment. */
interface InFlight {

  Target target();

  /** Whether it has shown anything of its instance. */
  boolean wasObserved();

  /** The instance has left the view. */
  void gone();
}
